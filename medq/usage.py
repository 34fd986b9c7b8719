"""The help text of `python -m medq`, made from the option files so that it cannot go stale."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from medq.groups import GROUPS, describe, options

WIDTH = 110
HEAD = """\
python -m medq: how well a multimodal LLM sees the quality of medical images (MedQ-Bench, MedQ-Deg)

usage
  python -m medq +task=TASK [group=OPTION ...] [key=value ...]      one run
  python -m medq +task=TASK model=A,B task.prompt=paper,released -m one run a combination, and a summary
  python -m medq models [WORD] [--json]                             the models, what they need, one of them in full

examples
  python -m medq +task=perception                                   sample data, the iqa baseline: no network, no GPU
  python -m medq +task=perception model=replay model.path=answers.xlsx
  python -m medq +task=perception model=openai_compatible model.id=NAME model.api_base=http://127.0.0.1:8000/v1
  python -m medq +task=perception model=gpt5 data=official logger=wandb
  python -m medq +task=all model=gpt5 judge=gpt4o mode=plan         calls, tokens, cost, time; spends nothing
  python -m medq +task=perception model=qwen72b hardware=gpu8       open weights on this machine's GPUs
  python -m medq +task=perception model=hf model.id=ORG/NAME hardware=gpu1

groups
"""

TAIL = """
keys that are often set
  run.dir  run.limit  run.seed  run.max_error_rate  run.budget_usd  journal.path  data.path  data.split  data.window
  data.columns.FIELD  task.prompt  task.runs  model.id  model.api_base  model.path  model.concurrency  model.price
  judge.id  judge.rounds  mode=plan|score|judge
  --cfg job prints the composed configuration; --hydra-help what Hydra itself takes

exit codes
  0 complete    2 bad input    3 more failures than run.max_error_rate    4 budget reached    130 interrupted
"""


def usage() -> str:
    """The whole help text: every group with its options, those of `task` with what they ask."""
    lines = []
    for group in GROUPS:
        words = options(group)
        lines += _wrapped(group, words)
        if group == "task":
            lines += [f"             {word}: {describe(group, word)}" for word in words]
    return HEAD + "\n".join(lines) + "\n" + TAIL


def _wrapped(group: str, words: Sequence[str]) -> list[str]:
    """The group's name and its options, in lines of at most `WIDTH` characters."""
    text = f"{group:<11}{' | '.join(words)}"
    return textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent=" " * 13, break_on_hyphens=False)
