"""`sglang.launch_server` with its key from the environment: SGLang takes it from its command line alone.

What is added to `sys.argv` here does not show in the process table.
"""

from __future__ import annotations

import os
import runpy
import sys

from medq.serving.key import KEY_ENV

if __name__ == "__main__":
    sys.argv += ["--api-key", os.environ[KEY_ENV]]
    runpy.run_module("sglang.launch_server", run_name="__main__", alter_sys=True)
