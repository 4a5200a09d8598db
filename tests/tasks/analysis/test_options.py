"""The declaration: nothing of it is offered to be trained."""

from tfvgan.applications import declarations, networks
from tfvgan.tasks.analysis.options import DECLARATION


def test_it_is_in_the_table_without_networks_and_options():
    assert DECLARATION in declarations()
    assert not DECLARATION.networks and not DECLARATION.options
    assert not [name for name in networks() if "cut" in name]
