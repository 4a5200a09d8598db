"""What the figures of the documentation come from; each script runs by its path, from anywhere."""
