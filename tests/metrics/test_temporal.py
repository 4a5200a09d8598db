import cv2
import numpy as np
import pytest
import tiny_lpips
from moving import texture
from tiny_lpips import APART, RED, WHITE

from tfvgan.metrics import temporal
from tfvgan.metrics.temporal import TLP, TOF, Flicker, WarpingError, authors_crop

STILL, MOVING = texture(3, 64), texture(3, 64, speed=(2.0, 1.0))


def lit(levels, size=8):
    """Returns a grey video with these levels, one a frame."""
    return (
        np.array(levels, np.uint8)[None, :, None, None, None]
        .repeat(size, 2)
        .repeat(size, 3)
        .repeat(3, 4)
    )


def test_equal_motion_has_no_tof():
    np.testing.assert_array_equal(TOF().per_video(MOVING, MOVING), [0])
    np.testing.assert_allclose(TOF().per_video(MOVING, 255 - MOVING), [0], atol=1e-2)


def test_the_tof_of_a_translation_is_its_length():
    score = TOF(crop=True).per_video(STILL, MOVING)
    np.testing.assert_allclose(score, np.sqrt(5), rtol=0.02)


@pytest.mark.parametrize("crop", [False, True])
def test_tof_is_what_the_authors_code_computes(crop):
    """A plain loop with OpenCV, as TecoGAN's metrics.py does it."""

    def flows(video):
        grey = [cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY) for frame in video]
        pairs = zip(grey, grey[1:])
        return [cv2.calcOpticalFlowFarneback(*p, None, 0.5, 3, 15, 3, 5, 1.2, 0) for p in pairs]

    apart = np.array(flows(STILL[0])) - np.array(flows(MOVING[0]))
    apart = apart[:, 16:48, 16:48] if crop else apart
    expected = np.sqrt((apart**2).sum(axis=-1)).mean()
    np.testing.assert_allclose(TOF(crop).per_video(STILL, MOVING), [expected], rtol=1e-5)


@pytest.mark.parametrize(("size", "left"), [(48, 32), (64, 32), (79, 32), (80, 64), (144, 128)])
def test_the_authors_crop_cuts_eight_or_more_to_multiples_of_32(size, left):
    image = np.arange(size, dtype="float32").reshape(1, size, 1, 1).repeat(size, axis=2)
    cut = np.asarray(authors_crop(image))
    assert cut.shape == (1, left, left, 1)
    assert cut[0, 0, 0, 0] == (size - left) // 2


def test_the_authors_crop_is_in_the_middle_of_both_sides():
    image = np.arange(50 * 84, dtype="float32").reshape(1, 50, 84, 1)
    np.testing.assert_array_equal(authors_crop(image), image[:, 9:41, 10:74])


def test_names_say_whether_the_reference_is_read():
    for kind, name in ((WarpingError, "warping_error"), (Flicker, "flicker")):
        assert (kind().name, kind(reference=False).name) == (name, f"{name}_alone")
        assert kind(reference=False, name="mine").name == "mine"
    assert (TOF().name, TLP().name, TOF(name="mine").name) == ("tof", "tlp", "mine")
    assert (TOF().least_size, TOF(crop=True).least_size) == (1, 48)
    assert (TLP().least_size, TLP(crop=True).least_size) == (31, 48)


@pytest.mark.parametrize("crop", [False, True])
def test_tlp_is_how_much_more_or_less_the_output_changes(monkeypatch, crop):
    tiny_lpips.install(monkeypatch)
    still, jumps, jumps_back = (
        tiny_lpips.video(*colours, size=48)
        for colours in ((RED, RED, RED), (WHITE, RED, RED), (RED, WHITE, WHITE))
    )
    metric = TLP(crop)
    np.testing.assert_allclose(metric.per_video(still, jumps), [100 * APART / 2], rtol=1e-5)
    np.testing.assert_allclose(metric.per_video(jumps, still), [100 * APART / 2], rtol=1e-5)
    np.testing.assert_allclose(metric.per_video(jumps, jumps_back), [0], atol=1e-4)


def test_the_cropped_tlp_does_not_look_at_the_border(monkeypatch):
    tiny_lpips.install(monkeypatch)
    still = tiny_lpips.video(RED, RED, size=48)
    border = still.copy()
    border[:, 1, :8] = WHITE
    assert TLP(crop=True).per_video(still, border)[0] == 0
    np.testing.assert_allclose(TLP().per_video(still, border), [100 * APART / 6], rtol=1e-5)


def test_what_moves_with_the_reference_has_almost_no_warping_error():
    along = float(WarpingError().per_video(MOVING, MOVING)[0])
    across = float(WarpingError().per_video(STILL, MOVING)[0])
    assert along < 1e-4
    assert across > 100 * along


def test_the_warping_error_of_a_jump_in_brightness_is_its_square():
    still = lit([90, 90, 90], 16)
    jump = WarpingError().per_video(still, lit([90, 110, 110], 16))
    np.testing.assert_allclose(jump, [(20 / 255) ** 2 / 2], rtol=1e-5)
    np.testing.assert_array_equal(WarpingError().per_video(still, still), [0])


def test_the_warping_error_alone_follows_the_output_s_own_motion():
    alone = WarpingError(reference=False)
    np.testing.assert_array_equal(
        alone.per_video(None, MOVING), WarpingError().per_video(MOVING, MOVING)
    )
    noise = np.random.default_rng(0).integers(0, 256, STILL.shape).astype(np.uint8)
    assert float(alone.per_video(None, noise)[0]) > 0.05


def test_where_nothing_is_visible_all_is_compared(monkeypatch):
    monkeypatch.setattr(temporal, "visible", lambda forward, _: forward[..., 0] > 9)
    expected = np.square((MOVING[:, 1:] - MOVING[:, :-1].astype(float)) / 255).mean()
    score = WarpingError().per_video(lit([90, 90, 90], 64), MOVING)
    np.testing.assert_allclose(score, [expected], rtol=1e-5)


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([100, 130, 100, 130], 30),  # It alternates: their difference.
        ([100, 110, 120, 130], 0),  # It fades evenly.
        ([100, 100, 106, 106], 3),  # One step: half of it at two frames of two.
    ],
)
def test_flicker_is_how_far_a_frame_s_brightness_is_from_its_neighbours(levels, expected):
    alone = Flicker(reference=False).per_video(None, lit(levels))
    np.testing.assert_allclose(alone, [expected], atol=1e-4)
    np.testing.assert_allclose(
        Flicker().per_video(lit([90] * 4), lit(levels)), [expected], atol=1e-4
    )


def test_flicker_of_the_scene_itself_does_not_count():
    scene = lit([100, 130, 100, 130])
    np.testing.assert_allclose(Flicker().per_video(scene, scene + 5), [0], atol=1e-4)


@pytest.mark.parametrize(
    ("metric", "frames", "size", "message"),
    [
        (TOF(), 1, 8, "tof needs at least 2 frames"),
        (TOF(crop=True), 2, 47, "48x48 pixels"),
        (TLP(), 2, 30, "31x31 pixels"),
        (WarpingError(), 1, 8, "warping_error needs at least 2 frames"),
        (Flicker(), 2, 8, "flicker needs at least 3 frames"),
    ],
)
def test_too_few_or_too_small_frames_are_refused(metric, frames, size, message):
    video = lit([0] * frames, size)
    with pytest.raises(ValueError, match=message):
        metric.per_video(video, video)


def test_large_frames_lose_no_digits():
    """An even fade has no flicker, in 1080p neither."""
    frame = np.random.default_rng(0).integers(0, 200, (1080, 1920, 3), np.uint8)
    fade = np.stack([frame, frame + 1, frame + 2, frame + 3])[None]
    flicker = Flicker(reference=False)
    flicker.update_state(fade, fade)
    assert float(flicker.result()) < 1e-3
