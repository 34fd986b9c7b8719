"""Degradations of colour fundus photographs."""
