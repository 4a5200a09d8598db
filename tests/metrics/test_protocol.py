import json

from tfvgan.metrics.protocol import Protocol, pace

PROTOCOL = Protocol("i3d", "224bilinear", "video", frames=16, videos=256)


def test_the_name_says_all_of_it():
    assert PROTOCOL.name("fvd") == "fvd_i3d_16f_256v_stride1_224bilinear_seed0"
    other = Protocol("alexnet", "64none", "frame", frames=8, videos=9, stride=2, seed=5)
    assert other.name("ffd") == "ffd_alexnet_8f_9v_stride2_64none_seed5"


def test_unequal_numbers_of_videos_are_both_said():
    assert PROTOCOL.name("fvd", 256) == PROTOCOL.name("fvd")
    assert PROTOCOL.name("fvd", 99) == "fvd_i3d_16f_256x99v_stride1_224bilinear_seed0"


def test_json_holds_it():
    assert Protocol(**json.loads(json.dumps(PROTOCOL.as_dict()))) == PROTOCOL


def test_resampled_files_are_named_by_their_rate():
    resampled = Protocol("i3d", "224bilinear", "video", frames=16, videos=256, fps=12.5)
    assert resampled.name("fvd") == "fvd_i3d_16f_256v_12.5fps_224bilinear_seed0"
    assert (pace(2), pace(2, 8.0)) == ("stride2", "8fps")
