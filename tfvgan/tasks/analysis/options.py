"""Analysis, as the table of applications has it: its network plays no game; no run trains it."""

from tfvgan.applications import Declaration

DECLARATION = Declaration(
    networks=(),
    summary="",
    options=(),
    examples=(),
    next="",
    code="tfvgan.tasks.analysis.application:AnalysisApplication",
)
