"""The command line: `python -m analysis report RUN... | compare A B | rescore RUN | tables [RUN...]`."""

from __future__ import annotations

import sys

from analysis.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
