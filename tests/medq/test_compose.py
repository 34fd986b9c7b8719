import subprocess
import sys
from pathlib import Path

import pytest
from hydra import compose, initialize_config_dir

from medq.compose import check_arguments, validate
from medq.errors import ConfigError
from medq.groups import GROUPS, options
from medq.paths import CONF
from medq.schema import RunConfig

GIVEN = {"model=replay": ["model.path=answers.jsonl"], "data=local": ["data.path=items.tsv"]}
GENERIC = ["model.id=some/model", "model.api_base=http://127.0.0.1:1/v1"]


def composed(*overrides: str) -> RunConfig:
    with initialize_config_dir(str(CONF), version_base="1.3"):
        return validate(compose("config", list(overrides)))


@pytest.mark.parametrize(
    ("group", "option"), [(group, option) for group in GROUPS for option in options(group)], ids=str
)
def test_every_option_of_every_group_composes_and_validates(group: str, option: str) -> None:
    chosen = f"+task={option}" if group == "task" else f"{group}={option}"
    task = [] if group == "task" else ["+task=perception"]
    needed = list(GIVEN.get(chosen, ()))
    text = (CONF / group / f"{option}.yaml").read_text(encoding="utf-8")
    needed += [f"{group}.{key}=given" for key in ("id", "api_base") if f"\n{key}: ???" in text]
    config = composed(*task, chosen, *needed)
    section = getattr(config, group, None)
    assert section is None or option in {getattr(section, "name", option), getattr(section, "kind", option), option}


@pytest.mark.parametrize("group", GROUPS)
def test_every_option_says_in_its_head_how_it_is_chosen(group: str) -> None:
    for option in options(group):
        lines = (CONF / group / f"{option}.yaml").read_text(encoding="utf-8").splitlines()
        first = lines[1] if lines[0].startswith("# @package") else lines[0]
        assert first.startswith("# python -m medq ")
        assert f"{group}={option}" in first


def test_a_task_must_be_chosen() -> None:
    with pytest.raises(ConfigError, match=r"\+task=perception"):
        composed()


def test_an_unknown_key_is_named() -> None:
    with pytest.raises(ConfigError, match=r"unknown key run\.speed"):
        composed("+task=perception", "+run.speed=3")


def test_a_value_out_of_range_names_key_and_value() -> None:
    with pytest.raises(ConfigError, match=r"run\.max_error_rate: .*got 2"):
        composed("+task=perception", "run.max_error_rate=2")


def test_a_key_that_an_option_leaves_open_must_be_given() -> None:
    with pytest.raises(ConfigError, match=r"model\.path must be given"):
        composed("+task=perception", "model=replay")


@pytest.mark.parametrize("option", ["hf", "litellm", "openai_compatible"])
def test_a_model_that_the_command_has_to_name_is_asked_for(option: str) -> None:
    with pytest.raises(ConfigError, match=r"^model\.id must be given: add model\.id=\.\.\. to the command$"):
        composed("+task=perception", f"model={option}")


def test_a_section_that_contradicts_itself_is_told_without_showing_all_of_it() -> None:
    with pytest.raises(ConfigError, match=r"^model\.deadline_s: expected at least timeout_s \(120\), got 3$"):
        composed("+task=perception", "model=gpt4o", "model.deadline_s=3")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["+task=[perception,reasoning]"], r"\+task=perception,reasoning -m"),
        (["task=perception"], r"\+task=perception"),
        (["+task=perceptoin"], "did you mean perception"),
        (["+task=perception", "model=iqaa"], "did you mean iqa"),
        (["+task=perception", "model=zzzzzz"], "there are: .*iqa.*random"),
        (["+task=perception", "model=iqa,random"], "add -m"),
    ],
)
def test_what_hydra_takes_silently_or_explains_badly_is_refused(arguments: list[str], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        check_arguments(arguments)


def _medq(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "medq", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=cwd, check=False)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["model=iqa"], "+task=perception"),
        (["+task=perception", "run.limt=3"], "run.limt"),
        (["+task=perception", "data=local", "data.path=/nowhere/items.tsv"], "/nowhere/items.tsv"),
        (["+task=perception", "model=replay", "model.path=/nowhere/a.xlsx"], "/nowhere/a.xlsx"),
        (["+task=perception", "run.limit=many"], "run.limit"),
        (["+task=perception", "data=official", "data.split=test"], "medq_tasks fetch"),
        (["+task=perception", "model=gpt5"], "OPENAI_API_KEY"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    arguments: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MEDQ_CACHE", str(tmp_path / "cache"))
    done = _medq(*arguments, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_help_imports_nothing_heavy_and_lists_every_group(tmp_path: Path) -> None:
    code = (
        "import sys; from medq.__main__ import main; code = main(['--help']); "
        "heavy = {'hydra','litellm','wandb','torch','scipy','numpy','pydantic','openai','rich'} & set(sys.modules); "
        "assert not heavy, heavy; sys.exit(code)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr
    for group in GROUPS:
        assert group in done.stdout


@pytest.mark.parametrize(
    ("overrides", "words"),
    [
        (["judge=openai_compatible", "judge.id=x", "judge.api_base=null"], "names no provider"),
        (["model=openai_compatible", "model.id=x", "model.api_base=null"], "names no provider"),
        (["judge=gpt4o", "judge.deadline_s=1"], "judge.deadline_s: expected at least timeout_s"),
    ],
)
def test_a_judge_or_model_that_cannot_be_reached_is_told_before_any_call(
    overrides: list[str], words: str, tmp_path: Path
) -> None:
    done = _medq("+task=reasoning", "model=random", *overrides, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
