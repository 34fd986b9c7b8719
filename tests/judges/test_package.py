"""What the package promises as a whole."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import judges

PACKAGE = Path(judges.__file__).parent
OTHERS = {"medq", "medq_tasks", "analysis"}
NETWORK = {"httpx", "requests", "urllib", "socket", "http", "openai", "litellm", "aiohttp"}


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_module_imports_the_application_or_a_network_library(path: Path) -> None:
    assert not imported(path) & (OTHERS | NETWORK)


def test_every_public_name_can_be_had_from_the_package() -> None:
    assert all(getattr(judges, name) is not None for name in judges.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        _ = judges.nothing


def test_importing_the_package_loads_neither_numpy_nor_yaml() -> None:
    code = "import sys, judges; sys.exit(bool({'numpy', 'yaml', 'scipy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
