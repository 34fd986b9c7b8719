"""Where results go besides the run's directory; best effort, after every file is written."""

from medq.log.wandb import WandbSettings, log_run

__all__ = ["WandbSettings", "log_run"]
