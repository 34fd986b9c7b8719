"""The errors of `judges`, drawn as one tree.

    JudgesError
    └── JudgeInputError   what was given cannot be judged: a task, an axis, an empty text, a file; exit code 2

A call of a judge that fails is none of these: it is data (`judges.call.JudgeFailure`), stored and counted.
"""


class JudgesError(Exception):
    """Root of everything that `judges` raises on purpose."""


class JudgeInputError(JudgesError):
    """What was given cannot be judged; reported as one line with exit code 2."""
