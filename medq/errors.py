"""The errors of `medq`, drawn as one tree, each with the exit code that it ends a run with.

    MedqError
    ├── ConfigError     2   a key, an option, a credential or a file of the configuration is wrong
    ├── ModelUnusable   2   every call to a model fails for good (wrong key, wrong model id): the run stops early
    ├── BudgetReached   4   the next call could pass `run.budget_usd`; resumable
    ├── Interrupted   130   Ctrl-C or SIGTERM; resumable
    └── Submitted       0   the work waits in a cluster's queue; nothing went wrong

`medq_tasks.errors.InputError` and `judges.errors.JudgeInputError` end with exit code 2 as well. The failure of one call
is none of these: it is data (`medq.models.interface.Failure`), stored and counted with its row.
"""


class MedqError(Exception):
    """Root of everything that `medq` raises on purpose."""

    exit_code = 2


class ConfigError(MedqError):
    """The configuration cannot be run; the message is one line that names the key."""


class ModelUnusable(MedqError):
    """Nothing but permanent failures came back, so going on would only cost time or money."""


class BudgetReached(MedqError):
    """Spending has come up to the run's budget; what is answered is stored."""

    exit_code = 4


class Interrupted(MedqError):
    """The user or the scheduler ended the run; what is answered is stored."""

    exit_code = 130


class Submitted(MedqError):
    """The run goes on elsewhere, without this process; the message says how to look after it."""

    exit_code = 0
