"""Composites: things that move over a video, with the exact mask of where they are."""

from tfvgan.data.composites.cutouts import read_cutouts
from tfvgan.data.composites.scene import Composite, composite
from tfvgan.data.composites.staging import Staging
from tfvgan.data.composites.things import Cutout

__all__ = ["Composite", "Cutout", "Staging", "composite", "read_cutouts"]
