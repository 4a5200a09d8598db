"""The codec of what was loaded."""

import numpy as np
import pytest
import tiny_codec

from tfvgan.networks import DcganGenerator, RestorerGenerator
from tfvgan.tasks import EnhancedCodec, LearnedCodec, Restorer
from tfvgan.tasks.compression.codecs import OLD_TABLES, TABLES, codec_of, of_time
from tfvgan.tasks.compression.latent_tables import shared
from tfvgan.tasks.compression.latents import table_count


def tables(count=1):
    return shared(np.full((table_count(16), 32), count))


def test_a_restorers_network_is_an_enhanced_codec():
    network = RestorerGenerator(1, 8, 1, leveled=True)
    network.build()
    found = codec_of(Restorer(network), None, bits=0.1, prefer="fidelity")
    assert type(found) is EnhancedCodec and found.bits == 0.1 and found.quality is None


def test_a_learned_codec_has_its_tables_beside_it_and_those_of_older_files(tmp_path):
    tables().save(tmp_path / TABLES)
    network = tiny_codec.generator()
    found = codec_of(network, tmp_path, quality=3)
    assert type(found) is LearnedCodec
    old = codec_of(network, tmp_path, quality=3).with_settings(quality=3, tables=tables(7))
    assert of_time(found, tmp_path, old.identity[:8]) is found, "there are no such tables"
    tables(7).save(tmp_path / OLD_TABLES.format(old.identity[:8].hex()))
    assert of_time(found, tmp_path, found.identity[:8]) is found
    with pytest.raises(ValueError, match="knows no `base`"):
        codec_of(network, tmp_path, base="av1")


def test_what_is_no_codec_is_said():
    with pytest.raises(ValueError, match="must hold a codec's network, but holds a Dcgan"):
        codec_of(DcganGenerator(frames=2, size=8, width=4), "runs/x")
