"""What all that is served has in common: its network, and a name by its weights."""

import hashlib

import numpy as np

from tfvgan.networks import RestorerGenerator
from tfvgan.tasks import Restorer
from tfvgan.tasks.served import Served


def test_the_digest_is_that_of_the_weights_in_order_behind_what_begins():
    network = RestorerGenerator(2, 8, 1)
    network.build()
    served = Restorer(network)
    assert isinstance(served, Served) and served.average is network
    told = b"".join(weight.astype("<f4").tobytes() for weight in network.get_weights())
    assert served.digest() == hashlib.sha256(told).digest()
    assert served.digest(b"x") == hashlib.sha256(b"x" + told).digest()
    assert served.identity == hashlib.sha256(b"1.0 0.5" + told).hexdigest()
    network.weights[0].assign(np.zeros(network.weights[0].shape))
    assert served.digest() != hashlib.sha256(told).digest()
