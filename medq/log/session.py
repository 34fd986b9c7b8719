"""`python -m medq.log.session RUN OPTIONS`: writes one finished run as an offline W&B run inside its directory."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from medq.log.artifact import add_files
from medq.log.table import breakdown_rows, sample_columns, sample_rows, summary
from medq.records import CONFIG, MANIFEST, read_manifest, read_results, read_samples
from medq.secrets import redact_data


@dataclass(frozen=True, slots=True)
class Options:
    """Where the run belongs on the server."""

    project: str
    entity: str | None
    group: str | None
    tags: tuple[str, ...]


def write_offline(run_dir: Path, options: Options) -> None:
    """Logs config, aggregates, breakdowns, a table with every sample and its picture, and the files as an artifact."""
    import wandb

    run = wandb.init(
        mode="offline", dir=str(run_dir), name=run_dir.name, project=options.project, entity=options.entity,
        group=options.group, tags=options.tags, job_type="evaluation", config=redact_data(_config(run_dir)),
        settings=_settings(wandb),
    )  # fmt: skip
    results, samples = read_results(run_dir), list(read_samples(run_dir))
    run.summary.update(summary(results))
    columns = sample_columns(samples)
    run.log(
        {
            "breakdowns": wandb.Table(*breakdown_rows(results)),
            "samples": wandb.Table([column.name for column in columns], sample_rows(samples, columns, run_dir)),
        }
    )
    artifact = wandb.Artifact(f"run-{run.id}", type="run")
    add_files(artifact, run_dir, samples)
    run.log_artifact(artifact)
    run.finish()


def _settings(wandb: Any) -> Any:
    """Nothing of the machine, the user or the checkout is collected: the run's manifest says what matters."""
    return wandb.Settings(
        console="off", silent=True, disable_git=True, disable_code=True, disable_job_creation=True,
        x_disable_meta=True, x_disable_stats=True, x_disable_machine_info=True, x_save_requirements=False,
    )  # fmt: skip


def _config(run_dir: Path) -> dict[str, Any]:
    config = yaml.safe_load((run_dir / CONFIG).read_text(encoding="utf-8")) if (run_dir / CONFIG).is_file() else None
    manifest = read_manifest(run_dir) if (run_dir / MANIFEST).is_file() else {}
    return {**(config if isinstance(config, dict) else {}), "manifest": manifest}


if __name__ == "__main__":
    given = json.loads(sys.argv[2])
    write_offline(Path(sys.argv[1]), Options(**(given | {"tags": tuple(given["tags"])})))
