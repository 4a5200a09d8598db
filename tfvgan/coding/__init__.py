"""Compressed videos as bytes: symbols by range coding, and files that outlast damage."""

from tfvgan.coding.errors import (
    DamagedData,
    DamagedFile,
    DamagedGroup,
    NewerTvg,
    NotATvg,
    OtherModel,
)
from tfvgan.coding.header import Header
from tfvgan.coding.index import AttachmentInfo, GroupInfo
from tfvgan.coding.laplace import laplace_scales
from tfvgan.coding.reading import Group, Reader
from tfvgan.coding.scanning import Gap
from tfvgan.coding.symbols import Decoder, encode
from tfvgan.coding.tables import SymbolTables
from tfvgan.coding.writing import Writer, hidden_file

__all__ = [
    "AttachmentInfo",
    "DamagedData",
    "DamagedFile",
    "DamagedGroup",
    "Decoder",
    "Gap",
    "Group",
    "GroupInfo",
    "Header",
    "NewerTvg",
    "NotATvg",
    "OtherModel",
    "Reader",
    "SymbolTables",
    "Writer",
    "encode",
    "hidden_file",
    "laplace_scales",
]
