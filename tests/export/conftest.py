import pytest

from tfvgan import VideoGAN


def contrasted(name, num_classes=0):
    """Returns an untrained model whose videos have contrast, for differences to show."""
    model = VideoGAN.from_preset(name, frames=4, size=8, num_classes=num_classes, width=8)
    for weight in model.average.weights:
        if weight.path.endswith(("kernel", "embeddings")):
            weight.assign(8.0 * weight)
    return model


@pytest.fixture(scope="session")
def vgan():
    return contrasted("vgan")


@pytest.fixture(scope="session")
def labelled_dcgan():
    return contrasted("dcgan", num_classes=3)
