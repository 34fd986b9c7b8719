"""`python -m medq`: answers --help and `models` at once, hands the rest to Hydra, and turns errors into one line."""

from __future__ import annotations

import os
import sys


def main(arguments: list[str]) -> int:
    """Runs the command line and returns the exit code."""
    if arguments[:1] == ["models"]:
        from medq.catalogue.command import models_command

        return models_command(arguments[1:])
    if not arguments or {"-h", "--help"} & set(arguments):
        from medq.usage import usage

        print(usage())
        return 0 if arguments else 2
    from medq.compose import run_command_line

    return run_command_line(arguments)


if __name__ == "__main__":
    # Hydra prints its own traceback summary and exits with 1 unless it is told to let errors through.
    os.environ["HYDRA_FULL_ERROR"] = "1"
    sys.exit(main(sys.argv[1:]))
