"""Compressed videos as bytes: symbols by range coding, the same on every machine."""

from tfvgan.coding.errors import DamagedData
from tfvgan.coding.laplace import laplace_scales
from tfvgan.coding.symbols import Decoder, encode
from tfvgan.coding.tables import SymbolTables

__all__ = ["DamagedData", "Decoder", "SymbolTables", "encode", "laplace_scales"]
