"""What tests of files that many processes share have in common."""

import os

import pytest

from tfvgan.batch import Shard


@pytest.fixture
def numbered_shares(monkeypatch):
    """A file's share follows from the digit in its name, wherever the test's folder is.

    The last share has files without one, so it is never done before it began.
    """

    def holds(shard, name):
        stem, _ = os.path.splitext(os.path.basename(name))
        digits = [int(each) for each in stem if each.isdigit()][:1]
        return (digits[0] % shard.count if digits else shard.count - 1) == shard.index

    monkeypatch.setattr(Shard, "holds", holds)
