"""Evaluation: scores and a picture of two sets of videos, or of outputs and references."""

from tfvgan.evaluation.measuring import PAIRED
from tfvgan.evaluation.paired import evaluate_paired
from tfvgan.evaluation.report import Report, Score
from tfvgan.evaluation.sets import SETS, evaluate

__all__ = ["PAIRED", "SETS", "Report", "Score", "evaluate", "evaluate_paired"]
