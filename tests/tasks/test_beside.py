"""What stands beside a network, and by which draws a seed becomes latents."""

import json

import pytest

from tfvgan.tasks.beside import known_beside, use_of, write_beside

NOTHING = {"class_names": [], "fps": None, "draws": 1, "codec": False}


def test_what_is_written_is_known_again(tmp_path):
    write_beside(tmp_path / "x.keras", fps=5.0, draws=2)
    assert [path.name for path in tmp_path.iterdir()] == ["x.json"]
    assert known_beside(tmp_path / "x.keras") == {**NOTHING, "fps": 5.0, "draws": 2}


def test_what_is_not_said_is_as_it_was(tmp_path):
    assert known_beside(tmp_path / "x.keras") == {"draws": 1}
    (tmp_path / "x.json").write_text(json.dumps({"fps": 5.0}))
    assert known_beside(tmp_path / "x.keras") == {**NOTHING, "fps": 5.0, "draws": 1}


def test_what_is_not_known_beside_is_one_sentence(tmp_path):
    path = tmp_path / "generator.keras"
    assert known_beside(path) == {"draws": 1}
    (tmp_path / "generator.json").write_text('{"class_names": ["a", "b"], "fps": 5}')
    assert known_beside(path) == {**NOTHING, "class_names": ["a", "b"], "fps": 5}
    for wrong in ('{"fps": "fast"}', '{"class_names": 3}', '{"class_names": [1]}', "[]", "{"):
        (tmp_path / "generator.json").write_text(wrong)
        with pytest.raises(ValueError, match="should be what is known of a network beside it"):
            known_beside(path)


def test_draws_are_for_one_use_unless_they_are_old():
    assert use_of(2, "sampling") == "sampling" and use_of(1, "sampling") == "training"
    for wrong in (3, "new", [2]):
        with pytest.raises(ValueError, match="`draws` must be 1 or 2, but is .* later version"):
            use_of(wrong, "sampling")
