"""Degradations of projection radiographs."""
