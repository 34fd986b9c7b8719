"""Imports flow one way: medq → judges, medq_tasks; analysis → medq.records alone; the other two import none."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("medq", "medq_tasks", "judges", "analysis")
ALLOWED = {
    "medq": {"medq", "judges", "medq_tasks"},
    "medq_tasks": {"medq_tasks"},
    "judges": {"judges"},
    "analysis": {"analysis", "medq.records"},
}
FILES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def imported(path: Path) -> set[str]:
    """Every module that a file imports, at any depth of it, `from a import b` counted as a.b where that is a module."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.split(".")[0] in PACKAGES}


def allowed(name: str, package: str) -> bool:
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in ALLOWED[package])


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_imports_only_in_the_allowed_direction(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    assert not [name for name in imported(path) if not allowed(name, package)]


def test_the_check_sees_an_import_against_the_direction(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text("def f():\n    from medq.run import execute\n")
    assert not all(allowed(name, "medq_tasks") for name in imported(wrong))


@pytest.mark.parametrize("package", PACKAGES)
def test_importing_a_package_loads_nothing_heavy(package: str) -> None:
    heavy = "{'torch', 'transformers', 'lmms_eval', 'litellm', 'wandb', 'scipy.stats', 'skimage', 'pyarrow', 'openai'}"
    code = f"import sys, {package}; loaded = {heavy} & set(sys.modules); assert not loaded, loaded"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
