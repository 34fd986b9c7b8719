"""Degradations that any image can have, whatever the modality."""
