"""The data inside the page cannot leave it, and can be read back."""

from __future__ import annotations

import json
import re
from pathlib import Path

from analysis.report import write_report
from analysis.report.embed import safe_json
from analysis.run import load_run
from tests.analysis.fake_run import sample, unscored, write_run


def page_of(folder: Path) -> str:
    return write_report([load_run(folder)]).read_text(encoding="utf-8")


def test_the_data_of_the_page_can_be_read_back(tmp_path: Path) -> None:
    answer = "</script><!-- \u2028 & done"
    text = page_of(write_run(tmp_path, [sample(0, response=answer), unscored(1)]))
    (embedded,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', text, flags=re.S)
    assert json.loads(embedded)["rows"][0]["response"] == answer


def test_nothing_that_html_reads_is_left_in_the_json() -> None:
    hostile = "</script><!-- <script> ]]> & \u2028\u2029"
    text = safe_json({hostile: hostile})
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == {hostile: hostile}
