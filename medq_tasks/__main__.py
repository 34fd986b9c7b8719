"""`python -m medq_tasks COMMAND`: one subcommand a module, imported only when it is called."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from medq_tasks.errors import FetchError, InputError

# Command, the module whose `register(subparsers)` adds it, and its line in the help.
COMMANDS = (
    ("fetch", "medq_tasks.cli.fetch", "download the official files at a pinned revision"),
    ("validate", "medq_tasks.cli.validate", "check a file of items row by row, image by image"),
    ("degrade", "medq_tasks.degrading.cli", "degrade images at given severities"),
    ("sample", "medq_tasks.sample.cli", "build the sample set"),
    ("build", "medq_tasks.cli.build", "build a benchmark from your own images"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit code: 2 for input that cannot be used, 1 for a failed download."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(prog="python -m medq_tasks", description=__doc__)
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    called = next((word for word in given if not word.startswith("-")), None)
    for command, module, line in COMMANDS:
        if command == called:
            import_module(module).register(subparsers)
        else:
            subparsers.add_parser(command, help=line, add_help=False)
    options = parser.parse_args(given)
    try:
        return int(options.run(options))
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    except FetchError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
