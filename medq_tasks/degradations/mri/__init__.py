"""Magnetic resonance imaging: errors of one slice made where they arise, in k-space or in the field."""
