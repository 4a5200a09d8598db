import av
import numpy as np
import pytest
from moving import texture

from tfvgan.data.base_layer import STANDARDS, Base
from tfvgan.data.colours import to_rgb

VIDEO = texture(6, 100, (1.5, 0.5))[0][:, :99]


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_worse_quantiser_is_smaller_and_further_from_the_video(standard):
    how, base, found = STANDARDS[standard], Base(standard, fast=True), []
    for quantiser in (how.best, (how.best + how.worst) / 2, how.worst):
        packets = base.encode(VIDEO, quantiser)
        video = np.stack(list(base.decode(packets, VIDEO.shape[1:3])))
        assert len(packets) == len(VIDEO) and video.shape == VIDEO.shape
        far = np.abs(video.astype(float) - VIDEO).mean()
        found.append((-sum(map(len, packets)), far, how.level(quantiser)))
    assert found == sorted(found) and found[0][1] < 6
    assert [level for _, _, level in found] == [0, 0.5, 1]


@pytest.mark.parametrize("standard", STANDARDS)
def test_packets_are_the_same_every_time_and_say_nothing(standard, capfd):
    base = Base(standard, fast=True)
    first = base.encode(VIDEO, 40)
    assert all(base.encode(VIDEO, 40) == first for _ in range(8))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("standard", STANDARDS)
def test_players_read_them(standard, tmp_path):
    """FFmpeg reads the raw packets, put into a file with nothing else."""
    base = Base(standard, fast=True)
    with av.open(str(tmp_path / "x.mkv"), "w") as container:
        stream = container.add_stream(STANDARDS[standard].encoder, rate=25)
        stream.height, stream.width, stream.pix_fmt = 100, 100, "yuv420p"
        packets = base.encode(VIDEO, 30)
        for number, (data, shown) in enumerate(
            zip(base.raw(packets), base.shown(packets, (100, 99)))
        ):
            packet = av.Packet(data)
            packet.stream, packet.pts, packet.dts = stream, shown + 9, number
            container.mux(packet)
    with av.open(str(tmp_path / "x.mkv")) as container:
        frames = [to_rgb(frame)[:99] for frame in container.decode(video=0)]
    np.testing.assert_array_equal(frames, list(base.decode(packets, VIDEO.shape[1:3])))


@pytest.mark.parametrize("standard", STANDARDS)
def test_damage_is_an_error_or_fewer_or_other_frames(standard):
    base, draws = Base(standard, fast=True), np.random.default_rng(0)
    whole = base.encode(VIDEO, 40)
    for _ in range(30):
        packets = [bytearray(packet) for packet in whole]
        hit = packets[draws.integers(len(packets))]
        hit[draws.integers(len(hit))] ^= 1 << draws.integers(8)
        try:
            for frame in base.decode(map(bytes, packets), VIDEO.shape[1:3]):
                assert frame.shape == VIDEO.shape[1:]
        except ValueError as error:
            assert "is damaged" in str(error)


@pytest.mark.parametrize("standard", STANDARDS)
def test_frames_of_another_size_are_an_error_before_they_take_memory(standard):
    base = Base(standard, fast=True)
    packets = base.encode(np.zeros((2, 512, 512, 3), "uint8"), 40)
    with pytest.raises(ValueError, match="is damaged"):
        list(base.decode(packets, (520, 100)))
    for size in ((96, 96), (400, 400)):
        with pytest.raises(ValueError, match=r"can't be decoded \(FFmpeg says .*: it is damaged"):
            list(base.decode(packets, size))
        with pytest.raises(ValueError, match="is damaged"):
            base.shown(packets, size)


@pytest.mark.parametrize("standard", STANDARDS)
def test_what_an_encoder_says_of_itself_is_not_kept(standard):
    packets = Base(standard).encode(VIDEO, 45)
    whole = b"".join(packets)
    assert not [name for name in (b"x264", b"x265", b"options") if name in whole]
    assert len(list(Base(standard).decode(packets, VIDEO.shape[1:3]))) == len(VIDEO)


def test_another_standard_is_an_error():
    with pytest.raises(ValueError, match="must be one of av1, hevc, h264, but is 'vp8'"):
        Base("vp8")
