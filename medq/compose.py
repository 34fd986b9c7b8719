"""From the command line to validated configurations, one a run, with every mistake told in one line."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medq.errors import ConfigError, Interrupted, MedqError
from medq.groups import GROUPS, near, options
from medq.paths import CONF

if TYPE_CHECKING:
    from omegaconf import DictConfig
    from pydantic import ValidationError

    from medq.schema import RunConfig

_MULTIRUN_FLAGS = {"-m", "--multirun"}
_codes: list[int] = []


def run_command_line(arguments: list[str]) -> int:
    """Composes and runs what the arguments say; returns the exit code, the worst one of a multirun."""
    from medq.terminal import say_error

    try:
        arguments = continued(arguments)
        check_arguments(arguments)
        _call_hydra(arguments)
    except MedqError as error:
        say_error(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        say_error("interrupted before the run began")
        return 130
    return max(_codes, default=0)


def continued(arguments: list[str]) -> list[str]:
    """The arguments completed by what is on disk.

    `mode=judge` and `mode=score` take the configuration of the run in `run.dir`, with what is given on top; a sweep
    that was begun with the same arguments and not ended goes on in its own folder.
    """
    given = dict(argument.lstrip("+").partition("=")[::2] for argument in arguments if "=" in argument)
    if given.get("mode") in {"judge", "score"}:
        return _of_the_run(arguments, given)
    if _MULTIRUN_FLAGS & set(arguments) or given.get("sweep", "none") != "none":
        from medq.sweep import unfinished_sweep

        folder = unfinished_sweep(arguments, Path(given.get("run.root", "runs")))
        return arguments if folder is None else [f"hydra.sweep.dir={folder}", *arguments]
    return arguments


def _of_the_run(arguments: list[str], given: dict[str, str]) -> list[str]:
    from medq.records import MANIFEST, read_manifest

    if "run.dir" not in given:
        raise ConfigError(f"mode={given['mode']} needs the run: add run.dir=RUN")
    run_dir = Path(given["run.dir"].strip("'"))
    if not (run_dir / MANIFEST).is_file():
        raise ConfigError(f"run.dir={run_dir}: expected the directory of a run, found no {MANIFEST} in it")
    before = [str(override) for override in read_manifest(run_dir).get("overrides", [])]
    return [*(override for override in before if not _replaced(override, given)), *arguments]


def _replaced(override: str, given: dict[str, str]) -> bool:
    """Whether a stored choice gives way: to the same key, or, for a key of a group, to another option of the group."""
    key = override.lstrip("+~").partition("=")[0]
    return key in given or key.partition(".")[0] in given


def check_arguments(arguments: list[str]) -> None:
    """Refuses what Hydra would take silently or explain badly. Raises `ConfigError`."""
    for argument in arguments:
        key, _, value = argument.lstrip("+~").partition("=")
        if key == "task" and value.startswith("["):
            several = value.strip("[]").replace(" ", "")
            raise ConfigError(
                f"+task={value} would run the last task alone; "
                f"for one run each: +task={several} -m, for all in one run: +task=all"
            )
        if key == "task" and not argument.startswith("+") and value:
            raise ConfigError(f"task is chosen with a plus sign: +task={value}")
        if key == "hydra/launcher" and value.startswith("submitit") and find_spec("submitit") is None:
            raise ConfigError(f"hydra/launcher={value}: install the extra `slurm` (pip install -e '.[slurm]')")
        if key in GROUPS and value and "," not in value and value not in {"null", *options(key)}:
            raise ConfigError(f"unknown {key} {value!r}: {near(value, options(key))}")
        if key in GROUPS and "," in value and not value.startswith("[") and not _MULTIRUN_FLAGS & set(arguments):
            raise ConfigError(f"{key}={value} names several: add -m to run each of them")


def validate(composed: DictConfig) -> RunConfig:
    """The typed configuration. Raises `ConfigError` naming the first key that is missing, unknown or out of range."""
    from omegaconf import OmegaConf
    from pydantic import ValidationError

    from medq.schema import RunConfig

    missing = sorted(OmegaConf.missing_keys(composed))
    if missing:
        raise ConfigError(f"{missing[0]} must be given: add {missing[0]}=... to the command")
    plain: Any = OmegaConf.to_container(composed, resolve=True)
    plain.setdefault("task", None)
    plain.pop("experiment", None)
    try:
        return RunConfig.model_validate(plain)
    except ValidationError as error:
        raise ConfigError(_first_line(error)) from error


def _call_hydra(arguments: list[str]) -> None:
    import hydra
    from hydra.errors import HydraException
    from omegaconf.errors import OmegaConfBaseException

    # argparse takes overrides in one piece only, so the flag that people type anywhere goes last.
    flags = [argument for argument in arguments if argument in _MULTIRUN_FLAGS]
    sys.argv = ["medq", *(argument for argument in arguments if argument not in flags), *flags]
    application = hydra.main(version_base="1.3", config_path=str(CONF), config_name="config")(run_job)
    try:
        application()
    except (HydraException, OmegaConfBaseException) as error:
        raise ConfigError(_explain(str(error))) from error
    except RuntimeError as error:
        from medq.sweep import lost_job

        said = lost_job(error)
        if said is None:
            raise
        raise Interrupted(said) from error


def take_codes(codes: Iterable[int]) -> None:
    """Takes exit codes of runs that were jobs of their own into account."""
    _codes.extend(codes)


def run_job(composed: DictConfig) -> int:
    """One run of a single call or of a sweep; the exit code is also collected for the end of a multirun."""
    from judges.errors import JudgeInputError
    from medq.terminal import say_error
    from medq_tasks.errors import InputError

    try:
        config = validate(composed)
        from medq.run.execute import execute

        code = execute(config, composed)
    except MedqError as error:
        say_error(str(error))
        code = error.exit_code
    except (InputError, JudgeInputError) as error:
        say_error(str(error))
        code = 2
    _codes.append(code)
    if code == 130:
        raise KeyboardInterrupt if _one_of_many() else SystemExit(code)
    return code


def _one_of_many() -> bool:
    """Whether other runs would follow in this process: those of a sweep, unless each is a job of its own."""
    from hydra.core.hydra_config import HydraConfig
    from hydra.types import RunMode

    settings = HydraConfig.get()
    return bool(settings.mode == RunMode.MULTIRUN and settings.launcher._target_.endswith(".BasicLauncher"))


def _first_line(error: ValidationError) -> str:
    problems = error.errors()
    first = problems[0]
    where = ".".join(str(part) for part in first["loc"]) or "configuration"
    more = f" ({len(problems) - 1} more problems)" if len(problems) > 1 else ""
    if first["type"] == "extra_forbidden":
        return f"unknown key {where}; `python -m medq ... --cfg job` prints the keys that there are{more}"
    message = first["msg"].removeprefix("Value error, ")
    if isinstance(first["input"], dict):  # a section as a whole: its message names the key, and it is too long to show
        return f"{message}{more}"
    got = "" if first["input"] is None else f", got {first['input']!r}"
    return f"{where}: {message}{got}{more}"


def _explain(message: str) -> str:
    return " ".join(_explanations(message))


def _explanations(message: str) -> Iterator[str]:
    key = re.search(r"Could not override '([^']+)'", message) or re.search(r"full_key: (\S+)", message)
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    if key and "not in struct" in message:
        yield f"unknown key {key.group(1)}; `python -m medq ... --cfg job` prints the keys that there are"
    else:
        yield "; ".join(lines[:3])
