"""Images untouched: what a file holds, and what of it is sent to a model."""
