"""Where the project's own files lie; absolute, because Hydra cannot find a relative path under `python -m`."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
CONF = PROJECT / "conf"
