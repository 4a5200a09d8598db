"""From a trained model to what servers and edge devices load, compared with the model."""

from tfvgan.export.bundle import export_model
from tfvgan.export.parity import (
    Parity,
    allowing,
    check_parity,
    parity_table,
)
from tfvgan.export.quality import agreement, lost
from tfvgan.export.saved_model import export_saved_model
from tfvgan.export.tables import format_both, format_quality, format_table, write_table
from tfvgan.export.tflite import export_tflite, run_tflite

__all__ = [
    "Parity",
    "agreement",
    "allowing",
    "check_parity",
    "export_model",
    "export_saved_model",
    "export_tflite",
    "format_both",
    "format_quality",
    "format_table",
    "lost",
    "parity_table",
    "run_tflite",
    "write_table",
]
