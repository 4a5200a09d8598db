import pytest
from light import add_trial, add_version

from tfvgan.serving.server.signatures import read_signatures
from tfvgan.serving.server.trials import chosen, description, trial_of


def trial(folder):
    return trial_of(folder, read_signatures(folder / "1"))


@pytest.mark.parametrize(
    ("signature", "inputs", "kind", "options"),
    [
        ("stylize_frame", ("frame", "strength"), "stylize", ["strength"]),
        ("restore_frame", ("frame",), "restore", ["strength"]),
        ("restore_frame", ("frame", "level"), "restore", ["strength", "level"]),
        ("segment_frame", ("frame",), "segment", ["view"]),
        ("sample", ("seed",), "generate", ["seed"]),
    ],
)
def test_what_can_be_tried(tmp_path, signature, inputs, kind, options):
    found = trial(add_trial(tmp_path, "a", signature, inputs))
    assert found.kind == kind and list(found.options) == options


def test_what_cant_be_tried(tmp_path):
    assert trial(add_trial(tmp_path, "a", "restore_frame", ("frame", "mask"))) is None
    assert trial(add_trial(tmp_path, "b", "embed")) is None
    assert trial(add_version(tmp_path, "c", signature="sample").parent) is None


def test_what_is_chosen_is_checked(tmp_path):
    restore = trial(add_trial(tmp_path, "a", "restore_frame", ("frame", "level")))
    assert chosen(restore, {}) == {"strength": 1.0, "level": 0.5}
    assert chosen(restore, {"level": "0", "strength": "0.25"}) == {"strength": 0.25, "level": 0.0}
    for text in ("1.1", "-0.1", "nan", "a", ""):
        with pytest.raises(ValueError, match="`level` must be a number from 0 to 1"):
            chosen(restore, {"level": text})
    with pytest.raises(ValueError, match="no option 'view': leave it out"):
        chosen(restore, {"view": "mask"})
    segment = trial(add_trial(tmp_path, "b", "segment_frame"))
    assert chosen(segment, {"view": "blur"}) == {"view": "blur"}
    with pytest.raises(ValueError, match="`view` must be one of overlay, mask, blur, green"):
        chosen(segment, {"view": "/etc/passwd"})
    generate = trial(add_trial(tmp_path, "c", "sample"))
    assert chosen(generate, {"seed": "2147483647"}) == {"seed": 2**31 - 1}
    for text in ("2147483648", "-1", "1.5", "٣", "9" * 5000):
        with pytest.raises(ValueError, match="`seed` must be a whole number"):
            chosen(generate, {"seed": text})


def test_a_card_says_what_a_model_does(tmp_path):
    folder = add_trial(tmp_path, "a", "sample", what="Makes `these`")
    assert description(folder) == "Makes these"
    (folder / "README.md").write_bytes(b"\xff\xfe")
    assert description(folder) == "" == description(tmp_path)
