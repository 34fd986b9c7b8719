"""Degradations of B-mode ultrasound."""
