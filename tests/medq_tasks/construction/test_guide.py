"""The guide's own examples work."""

import re
from pathlib import Path

from medq_tasks.construction import load_spec

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs" / "build-your-own.md").read_text(encoding="utf-8")


def test_the_specs_of_the_guide_are_valid(tmp_path):
    first, expansion = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    path = tmp_path / "spec.yaml"
    path.write_text(first + expansion)
    spec = load_spec(path)
    assert spec.expansion.mode == "llm" and spec.sources[0].questions[0].answer == "Yes"


def test_every_file_that_the_guide_names_is_written(built):
    for pattern in ("medqbench_QA_dev.tsv", "parquet", "images.jsonl", "report.json", "README.md", "SHA256SUMS"):
        assert (built / pattern).exists()
    for place in re.findall(r"\]\(([^)#]+)\)", GUIDE) + re.findall(r"specs/[\w.-]+", GUIDE):
        assert (ROOT / "docs" / place).exists() or (ROOT / place).exists()
