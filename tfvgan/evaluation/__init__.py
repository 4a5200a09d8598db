"""Two sets of videos, or outputs and their references, become figures and a picture."""
