import pytest

from tfvgan.networks import DcganGenerator, EnlargerGenerator, RestorerGenerator
from tfvgan.tasks import Enhancer, Enlarger, Restorer, Sampler
from tfvgan.tasks.alone import alone
from tfvgan.tasks.beside import known_beside


@pytest.mark.parametrize(
    ("network", "kind"),
    [
        (DcganGenerator(frames=2, size=8, width=4), Sampler),
        (EnlargerGenerator(2, 8, width=8, depth=1), Enlarger),
        (RestorerGenerator(2, 8, 1), Restorer),
    ],
)
def test_each_network_is_what_it_does(network, kind):
    network.build()
    found = alone(network, fps=5.0)
    assert type(found) is kind and found.generator is network
    assert getattr(found, "fps", 5.0) == 5.0


def test_what_lies_beside_says_whether_a_restorer_is_a_codecs(tmp_path):
    network = RestorerGenerator(1, 8, 1, leveled=True)
    network.build()
    for kind in (Enhancer, Restorer):
        path = kind(network).save(tmp_path / f"{kind.__name__}.keras")
        assert type(alone(network, **known_beside(path))) is kind
    with pytest.raises(ValueError, match="A codec's network must be of factor 1"):
        alone(RestorerGenerator(2, 8, 1), codec=True)
    sampler = DcganGenerator(frames=2, size=8, width=4)
    assert type(alone(sampler, codec=True)) is Sampler


def test_what_is_no_such_network_stays_what_it_is():
    other = object()
    assert alone(other) is other
