import numpy as np
import pytest

from tfvgan.networks import ContinuousDiscriminator, ContinuousGenerator

RNG = np.random.default_rng(0)
LATENTS = RNG.normal(size=(2, 6)).astype("float32")
MOTION = RNG.normal(size=(2, 9, 4)).astype("float32")


def generator(**arguments):
    return ContinuousGenerator(6, 16, 16, motion_dim=4, width=8, **arguments)


def frames(network, times, latents=LATENTS, motion=MOTION):
    times = np.tile(np.array(times, "float32"), (len(latents), 1))
    return np.asarray(network(network.pack(latents=latents, motion=motion, times=times)))


def test_a_frame_depends_on_its_own_time_alone():
    network = generator()
    all_of_them = frames(network, range(40))
    for some in ([0, 7, 39], [0, 1], [3.0]):
        begin = int(some[0]) // 16
        found = frames(network, some, motion=MOTION[:, begin:])
        np.testing.assert_allclose(found, all_of_them[:, np.int32(some)], atol=1e-5)


def test_a_later_part_is_made_of_the_anchors_around_it():
    network = generator()
    begin, last = 35, 50
    window = MOTION[:, 2 : 2 + network.anchors(begin, last)]
    found = frames(network, [begin, 40.5, last], motion=window)
    whole = frames(network, [0, begin, 40.5, last])[:, 1:]
    np.testing.assert_allclose(found, whole, atol=1e-4)


def test_video_is_smooth_in_time():
    fine = frames(generator(), np.arange(12, 20, 0.25))
    assert np.abs(np.diff(fine, axis=1)).max() < 0.5 * np.ptp(fine)


def test_colours_are_of_the_palette_which_motion_does_not_change():
    network = generator(colors=2)
    one = frames(network, range(4))
    other = frames(network, range(4), motion=MOTION[:, ::-1].copy())
    assert np.abs(one - other).max() > 0
    for video in (one[0], other[0]):
        pixels = np.concatenate([one[0].reshape(-1, 3), video.reshape(-1, 3)])
        flat = np.linalg.svd(pixels - pixels.mean(0), compute_uv=False)
        assert flat[1] < 1e-3 * flat[0]  # On one line: between the clip's own two colours.


def test_sharper_pixels_are_of_fewer_colours_and_the_palette_is_the_same():
    plain = generator(colors=2)
    plain.build()
    videos = []
    for sharpness in (1.0, 3.0, 300.0):
        network = generator(colors=2, sharpness=sharpness)
        network.build()
        network.set_weights(plain.get_weights())
        videos.append(frames(network, range(3))[0].reshape(-1, 3))
    far = [np.linalg.norm(video - videos[-1], axis=-1).mean() for video in videos]
    assert far[0] > 1.2 * far[1] > 0  # Hard against hard: each pixel is one of the two colours.
    kinds = np.unique(videos[-1].round(3), axis=0)
    ends = kinds[[0, -1]]
    near = np.linalg.norm(videos[-1][:, None] - ends, axis=-1).min(1)
    assert (near < 0.02).mean() > 0.9
    with pytest.raises(ValueError, match="`sharpness` must be above 0"):
        generator(sharpness=0.0)


def test_without_moving_groups_nothing_moves():
    network = generator()
    network.build()
    for weight in network.plane.transform.weights:
        weight.assign(np.zeros(weight.shape))
    still = frames(network, [0, 5, 30])
    np.testing.assert_allclose(still, np.repeat(still[:, :1], 3, axis=1), atol=1e-6)


def test_the_backdrop_is_drawn_once_a_clip():
    network = generator()
    network.build()
    network.backdrop.gain.assign(np.ones(8))
    drawn = []
    backdrop = network.backdrop.call
    network.backdrop.call = lambda style: drawn.append(backdrop(style)) or drawn[-1]
    before = frames(network, range(4))
    assert [picture.shape for picture in drawn] == [(2, 8, 8, 8)]
    network.backdrop.call = lambda style: 0.0 * backdrop(style)
    assert np.abs(frames(network, range(4)) - before).max() > 1e-3


def judged(discriminator, video, times):
    times = np.tile(np.array(times, "float32"), (len(video), 1))
    return np.asarray(discriminator(discriminator.pack(video=video, times=times)))


def test_the_clips_logit_hears_of_the_times_and_the_frames_logit_does_not():
    discriminator = ContinuousDiscriminator(16, 16, width=4)
    video = RNG.uniform(-1, 1, (2, 3, 16, 16, 3)).astype("float32")
    near, far = (judged(discriminator, video, times) for times in ([0, 1, 2], [0, 7, 15]))
    assert near.shape == (2, 2)
    assert np.abs(near[:, 0] - far[:, 0]).min() > 0
    np.testing.assert_allclose(near[:, 1], far[:, 1], atol=1e-6)
    later = judged(discriminator, video, [3, 4, 5])
    assert np.abs(near[:, 0] - later[:, 0]).min() > 0


def test_the_clips_logit_sees_the_order_of_frames_and_the_frames_logit_does_not():
    discriminator = ContinuousDiscriminator(16, 16, width=4)
    video = RNG.uniform(-1, 1, (2, 3, 16, 16, 3)).astype("float32")
    one, other = (judged(discriminator, v, [0, 1, 2]) for v in (video, video[:, ::-1]))
    assert np.abs(one[:, 0] - other[:, 0]).min() > 0
    np.testing.assert_allclose(one[:, 1], other[:, 1], atol=1e-6)


def test_both_logits_see_how_much_the_clips_of_a_batch_differ():
    discriminator = ContinuousDiscriminator(16, 16, width=4)
    video = RNG.uniform(-1, 1, (2, 3, 16, 16, 3)).astype("float32")
    alike, unlike = (judged(discriminator, v, [0, 1, 2]) for v in (video[[0, 0]], video))
    assert np.abs(alike[0] - unlike[0]).min() > 1e-5
    # Batches of other sizes are summed in another order, in the last bit.
    three = judged(discriminator, video[[0, 0, 0]], [0, 1, 2])
    np.testing.assert_allclose(alike[0], three[0], atol=1e-6)


@pytest.mark.parametrize("samples", [2, 5])
def test_any_number_of_samples(samples):
    discriminator = ContinuousDiscriminator(16, 8, width=4, samples=samples)
    video = np.zeros((1, samples, 8, 8, 3), "float32")
    assert judged(discriminator, video, range(samples)).shape == (1, 2)
