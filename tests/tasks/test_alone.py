import pytest

from tfvgan.networks import DcganGenerator, EnlargerGenerator, RestorerGenerator
from tfvgan.tasks import Enlarger, Restorer, Sampler
from tfvgan.tasks.alone import alone


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


def test_what_is_no_such_network_stays_what_it_is():
    other = object()
    assert alone(other) is other
