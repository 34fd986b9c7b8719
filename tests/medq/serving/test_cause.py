"""The one line of a log that says why, among the many that follow from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from medq.serving.cause import cause_of_death, last_line

VLLM_MEMORY = """INFO 11-21 10:00:00 [core.py:58] Initializing a V1 LLM engine
(EngineCore pid=7) ERROR 11-21 10:00:09 [core.py:390] Traceback (most recent call last):
(EngineCore pid=7) ERROR 11-21 10:00:09 [core.py:390]   File "gpu_worker.py", line 120, in load_model
(EngineCore pid=7) ERROR 11-21 10:00:09 [core.py:390] torch.OutOfMemoryError: CUDA out of memory. Tried 1 GiB
RuntimeError: Engine core initialization failed. See root cause above. Failed core proc(s): {}
"""


@pytest.mark.parametrize(
    ("log", "told"),
    [
        (VLLM_MEMORY, ("CUDA out of memory", "hardware.gpus_per_model")),
        ("loading\nOSError: [Errno 98] error while attempting to bind: address already in use\n", ("port null",)),
        ("python: No module named 'vllm.entrypoints'\n", ("install the engine",)),
        ("vllm: error: unrecognized arguments: --max-modle-len\n", ("--max-modle-len", "hardware.server.args")),
        (
            "ValueError: head size 7 is no multiple\nRuntimeError: Engine core initialization failed.\n",
            ("head size 7",),
        ),
        ("starting\nLoading 40 %\rLoading 80 %\r\n\n", ("Loading 80 %",)),
    ],
)
def test_it_is_found(log: str, told: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "serving.log"
    path.write_text(log)
    line = cause_of_death(path, status=1)
    assert all(words in line for words in told)


def test_an_older_life_of_the_server_is_not_blamed(tmp_path: Path) -> None:
    path = tmp_path / "serving.log"
    path.write_text(VLLM_MEMORY)
    offset = path.stat().st_size
    with path.open("a") as file:
        file.write("serving\n")
    assert cause_of_death(path, offset=offset, status=137).startswith("it was killed by SIGKILL")
    assert last_line(path, offset=offset) == "serving"


def test_a_log_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    assert cause_of_death(tmp_path / "none", status=3) == "it ended with status 3"
    assert not last_line(tmp_path / "none")
