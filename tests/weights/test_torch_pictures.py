"""The entries of PyTorch's files: read as such, made into their own networks."""

import pytest

from tfvgan import weights
from tfvgan.networks.frozen import BasicVSR, FFDNet
from tfvgan.weights.torch_file import read_torch
from tfvgan.weights.torch_pictures import TORCH_PICTURES


@pytest.mark.parametrize("entry", TORCH_PICTURES, ids=lambda entry: entry.name)
def test_each_is_known_and_read_as_a_file_of_pytorch(entry):
    assert weights.find(entry.name) is entry and entry.read is read_torch
    network = entry.build({})
    assert isinstance(network, FFDNet if entry.family == "ffdnet" else BasicVSR)
    assert network.name == entry.name
    assert [member.endswith(".pth") for member in entry.members] == [True]


def test_basicvsr_is_a_family_and_the_network_of_moving_cameras():
    names = weights.names_of("basicvsr")
    assert names == ["basicvsr", "basicvsr_vimeo_bi", "basicvsr_vimeo_bd"]
    assert "REDS" in weights.find("basicvsr").meaning
    assert {weights.find(name).picture.together for name in names} == {15}
