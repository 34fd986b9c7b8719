"""Degradations of white-light endoscopy frames."""
