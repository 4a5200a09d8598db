"""What an encoder still holds comes out with stamps that files take."""

import av
import numpy as np
import pytest

from tfvgan.data.flushing import flush


@pytest.mark.parametrize("codec", ["libx264", "libx265"])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_stamps_of_few_frames_are_no_rubbish(tmp_path, codec, count):
    for turn in range(8):  # Rubbish is not always there.
        with av.open(str(tmp_path / f"{turn}.mp4"), "w") as container:
            stream = container.add_stream(codec, rate=25)
            stream.height, stream.width, stream.pix_fmt = 96, 128, "yuv420p"
            stream.options = {"x265-params": "log-level=error"} if codec == "libx265" else {}
            packets = []
            for number in range(count):
                frame = av.VideoFrame.from_ndarray(np.full((96, 128, 3), 90 + number, "uint8"))
                frame.pts = number
                packets += stream.encode(frame)
            packets += flush(stream, count)
            base = packets[0].time_base
            assert all(0 <= (packet.pts - packet.dts) * base < 1 for packet in packets)
            container.mux(packets)
