"""Models that answer: embedded baselines, replayed files, APIs and local weights, behind one small interface."""
