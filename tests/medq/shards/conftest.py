"""The fixtures of runs serve sharded runs as well."""

from tests.medq.run.conftest import arguments, items_file, medq, start

__all__ = ["arguments", "items_file", "medq", "start"]
