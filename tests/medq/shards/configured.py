"""A validated configuration, composed as the command line composes it."""

from __future__ import annotations

from hydra import compose, initialize_config_dir

from medq.compose import validate
from medq.paths import CONF
from medq.schema import RunConfig


def configured(*overrides: str) -> RunConfig:
    """The configuration of `python -m medq` with those arguments."""
    with initialize_config_dir(str(CONF), version_base="1.3"):
        return validate(compose("config", overrides=list(overrides)))
