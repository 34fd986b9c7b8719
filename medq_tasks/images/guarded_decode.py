"""DICOM pixels decoded in a process of its own, for codings whose only decoder can abort the process.

GDCM is the one free decoder of JPEG lossless, JPEG-LS and 12-bit JPEG that may be used here. On damaged data it can
end the whole process with an uncaught C++ exception, which would end a run, and every attempt to resume it.
"""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.images.info import damaged

TIMEOUT_S = 120
_ROOT = Path(__file__).resolve().parents[2]
_CHILD = f"import sys; sys.path.insert(0, {str(_ROOT)!r}); from {__name__} import child; child()"


def decode_guarded(dataset: Any, name: str, frame: int) -> npt.NDArray[Any]:
    """The stored values of one frame. Costs the start of a Python process, about 0.4 s."""
    content = io.BytesIO()
    dataset.save_as(content)
    command = [sys.executable, "-c", _CHILD, str(frame)]
    try:
        done = subprocess.run(command, input=content.getvalue(), capture_output=True, timeout=TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired as error:
        raise damaged(name, "DICOM", f"cannot be decoded in {TIMEOUT_S} s") from error
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2][:200]
        raise damaged(name, "DICOM", f"cannot be decoded (exit code {done.returncode}: {last})")
    return np.asarray(np.load(io.BytesIO(done.stdout), allow_pickle=False))


def child() -> None:
    """The other process: a DICOM file on standard input, the frame as an argument, an .npy file on standard output."""
    from pydicom import dcmread
    from pydicom.pixels import pixel_array

    dataset = dcmread(io.BytesIO(sys.stdin.buffer.read()), force=True)
    out = io.BytesIO()
    np.save(out, pixel_array(dataset, index=int(sys.argv[1])), allow_pickle=False)
    sys.stdout.buffer.write(out.getvalue())
