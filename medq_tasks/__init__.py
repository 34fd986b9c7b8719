"""The benchmark: items, data, tasks, reading answers, scoring, degradations."""
