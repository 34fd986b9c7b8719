"""Image statistics with a physical meaning: one file each, a pure function of a picture."""
