"""`python -m medq_tasks.lmms.sample_log SAMPLES.jsonl ANSWERS.jsonl`: lmms-eval's log of samples as a file to replay.

What `lmms-eval --log_samples` wrote for a medq task becomes the columns `index` and `prediction`, so that
`python -m medq +task=reasoning model=replay model.path=ANSWERS.jsonl judge=gpt4o` judges and reports those answers.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from medq_tasks.errors import DataError, InputError

BAD_INPUT = 2


def replay_rows(samples: Path) -> Iterator[Mapping[str, str]]:
    """A row a sample: the item's id and the response as the model gave it; replaying counts failure texts as errors.

    Raises `DataError` naming the line for a file that is no log of a medq task.
    """
    try:
        lines = samples.read_text(encoding="utf-8").split("\n")  # splitlines would cut at U+2028 inside a response
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{samples}: expected a log of samples of lmms-eval, got {error}") from error
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        try:
            sample: dict[str, Any] = json.loads(line)
            yield {"index": sample["n_error"]["id"], "prediction": _response(sample)}
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise DataError(
                f"{samples}, line {number}: expected a sample of a medq task ({type(error).__name__}: {error}); "
                "give a *_samples_medq_*.jsonl of lmms-eval --log_samples"
            ) from error


def _response(sample: Mapping[str, Any]) -> str:
    """What the model said; lmms-eval keeps it beside the text that it scored where it took reasoning blocks out."""
    said = sample.get("resps", sample["filtered_resps"])
    while isinstance(said, list):
        said = said[0]
    return str(said)


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the file and returns the exit code: 0, or 2 for bad input."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        if len(given) != 2:
            raise InputError(f"expected two files, SAMPLES.jsonl and ANSWERS.jsonl, got {len(given)} arguments")
        rows = [json.dumps(row, ensure_ascii=False) + "\n" for row in replay_rows(Path(given[0]))]
        Path(given[1]).write_text("".join(rows), encoding="utf-8")
    except InputError as error:
        print(f"error: {error}", file=sys.stderr)
        return BAD_INPUT
    return 0


if __name__ == "__main__":
    sys.exit(main())
