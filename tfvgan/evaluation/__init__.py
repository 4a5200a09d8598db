"""Two sets of videos, or outputs and their references, become figures and a picture."""

from tfvgan.evaluation.paired import PAIRED, evaluate_paired
from tfvgan.evaluation.report import Report, Score
from tfvgan.evaluation.sets import SETS, evaluate

__all__ = ["PAIRED", "SETS", "Report", "Score", "evaluate", "evaluate_paired"]
