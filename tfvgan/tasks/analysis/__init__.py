"""What happens when in a video: cuts, motion, light, sound, what comes again, what is odd."""

from tfvgan.tasks.analysis.film import Analysis, analysed
from tfvgan.tasks.analysis.finder import Finder
from tfvgan.tasks.analysis.report import written_report

__all__ = ["Analysis", "Finder", "analysed", "written_report"]
