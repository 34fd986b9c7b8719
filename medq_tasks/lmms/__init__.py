"""The tasks as lmms-eval runs them: documents, images and results; used by every task's YAML.

Nothing here imports lmms-eval or torch: the same functions serve our own loop.
"""
