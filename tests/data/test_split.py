from types import SimpleNamespace

import pytest

from tfvgan.data.split import split


def files(count, folder="here"):
    return [SimpleNamespace(path=f"{folder}/{i}.mp4", class_name="") for i in range(count)]


@pytest.mark.parametrize("count", [2, 3, 5, 200])
@pytest.mark.parametrize("fraction", [0.001, 0.1, 0.5, 0.999])
def test_the_halves_are_disjoint_whole_and_never_empty(count, fraction):
    training = split(files(count), fraction, "training")
    validation = split(files(count), fraction, "validation")
    assert training and validation
    merged = sorted(training + validation, key=lambda file: int(file.path[5:-4]))
    assert merged == files(count)


def test_the_share_is_near_the_fraction():
    assert abs(len(split(files(2000), 0.2, "validation")) / 2000 - 0.2) < 0.04


def test_a_file_keeps_its_half_when_files_are_added_or_the_folder_moves():
    few = {file.path[5:] for file in split(files(100), 0.3, "validation")}
    many = {file.path[6:] for file in split(files(300, "there"), 0.3, "validation")}
    assert few == {name for name in many if int(name[:-4]) < 100}


def test_no_split_gives_all_files():
    assert split(files(3), 0.0, None) == files(3)


@pytest.mark.parametrize(
    ("count", "fraction", "subset", "message"),
    [
        (1, 0.5, "training", "two or more"),
        (3, 0.5, None, "go together"),
        (3, 0.0, "training", "go together"),
        (3, 1.0, "training", "in \\[0, 1\\)"),
        (3, 0.5, "test", "subset"),
    ],
)
def test_what_cannot_be_split_is_refused(count, fraction, subset, message):
    with pytest.raises(ValueError, match=message):
        split(files(count), fraction, subset)
