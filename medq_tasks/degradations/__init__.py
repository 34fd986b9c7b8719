"""Degradations of medical images: one file each, pure and seeded."""
