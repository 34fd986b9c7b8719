"""Degrading folders of image files: reading, writing, processes, resuming and contact sheets."""
