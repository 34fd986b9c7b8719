"""Slurm's programs in one file, for one machine: batch files are kept and run, arrays and dependencies included.

`python fake_slurm.py PROGRAM ARGUMENTS...`; FAKE_SLURM is the folder of its state.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

STATE = Path(os.environ["FAKE_SLURM"])
POLL_S = 0.05


def sbatch(script: str) -> None:
    if "--partition=nowhere" in Path(script).read_text():
        sys.exit("sbatch: error: invalid partition specified: nowhere")
    number = str(1000 + len(list(STATE.glob("*.sh"))))
    (STATE / f"{number}.sh").write_text(Path(script).read_text())
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.Popen([sys.executable, __file__, "run", number], start_new_session=True, **quiet)  # type: ignore[call-overload]
    print(f"Submitted batch job {number}")


def run(number: str) -> None:
    """The job's life: waits for what it depends on, runs its tasks side by side, each again while it was requeued."""
    text = (STATE / f"{number}.sh").read_text()
    for other in re.findall(r"--dependency=afterany:(\d+)", text):
        while not (STATE / f"{other}.done").exists():
            time.sleep(POLL_S)
    array = re.search(r"--array=0-(\d+)", text)
    tasks = [f"{number}_{index}" for index in range(int(array[1]) + 1)] if array else [number]
    processes = {task: start(number, task) for task in tasks}
    while processes:
        time.sleep(POLL_S)
        for task in [task for task, process in processes.items() if process.poll() is not None]:
            del processes[task]
            if (STATE / f"{task}.requeue").exists():
                (STATE / f"{task}.requeue").unlink()
                processes[task] = start(number, task)
            elif not (STATE / f"{task}.state").read_text().startswith("CANCELLED"):
                (STATE / f"{task}.state").write_text("COMPLETED")
    (STATE / f"{number}.done").touch()


def start(number: str, task: str) -> subprocess.Popen[bytes]:
    (STATE / f"{task}.state").write_text("RUNNING")
    place = {"SLURM_JOB_ID": number, "SLURM_PROCID": "0", "SLURM_LOCALID": "0", "SLURM_NODEID": "0", "FAKE_TASK": task}
    index = task.partition("_")[2]
    if index:
        place |= {"SLURM_ARRAY_JOB_ID": number, "SLURM_ARRAY_TASK_ID": index}
    return subprocess.Popen(["bash", str(STATE / f"{number}.sh")], env={**os.environ, **place})


def srun(*arguments: str) -> None:
    """Becomes the command, with its output where `--output` says."""
    task = os.environ["FAKE_TASK"]
    number, _, index = task.partition("_")
    output = arguments[arguments.index("--output") + 1]
    for pattern, value in {"%A": number, "%a": index, "%j": number, "%t": "0"}.items():
        output = output.replace(pattern, value)
    file = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(file, 1)
    os.dup2(file, 2)
    (STATE / f"{task}.pid").write_text(str(os.getpid()))
    command = arguments[arguments.index("--output") + 2 :]
    os.execvp(command[0], command)


def scontrol(action: str, task: str) -> None:
    assert action == "requeue"
    (STATE / f"{task}.requeue").touch()


def scancel(*arguments: str) -> None:
    number = arguments[arguments.index("--signal") + 1] if "--signal" in arguments else None
    for task in (one for one in arguments if one[0].isdigit()):
        for path in [*STATE.glob(f"{task}.pid"), *STATE.glob(f"{task}_*.pid")]:
            if number is None:
                path.with_suffix(".state").write_text("CANCELLED by 0")
            try:
                os.kill(int(path.read_text()), signal.SIGTERM if number is None else signal.Signals[f"SIG{number}"])
            except ProcessLookupError:
                continue


def squeue(*arguments: str) -> None:
    number = arguments[arguments.index("--jobs") + 1]
    if (STATE / f"{number}.sh").exists() and not (STATE / f"{number}.done").exists():
        print(f"{number} batch medq")


def sacct(*arguments: str) -> None:
    print("JobID|State|NodeList")
    for path in STATE.glob("*.state"):
        print(f"{path.stem}|{path.read_text()}|here")


if __name__ == "__main__":
    programs = {program.__name__: program for program in (sbatch, run, srun, scontrol, scancel, squeue, sacct)}
    programs[sys.argv[1]](*sys.argv[2:])
