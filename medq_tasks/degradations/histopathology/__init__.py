"""Degradations of stained tissue sections under a bright-field microscope."""
