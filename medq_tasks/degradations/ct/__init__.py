"""Computed tomography: a parallel-beam scan of one slice, its physical errors, and three reconstructions."""
