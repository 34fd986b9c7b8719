"""Degradations of dermoscopy photographs."""
