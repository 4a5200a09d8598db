"""Styles that a filter gives, frame by frame: teachers of stylizers."""

from tfvgan.data.styles.filters import STYLES, styled

__all__ = ["STYLES", "styled"]
