"""The report in a real browser: nothing hostile runs, nothing is fetched, everything can be found and reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from analysis.report import write_report
from analysis.run import load_run
from tests.analysis.fake_degradation import families, write_voted_run
from tests.analysis.fake_run import failed, keep_images, png, reasoned, sample, unscored, write_run

pytestmark = pytest.mark.browser

HOSTILE = (
    "</script><script>window.owned = 1</script><img src=x onerror='window.owned = 2'>"
    "<svg onload='window.owned = 3'> {{ 7 * 7 }} \u202egnirts\u202c \u2066x\u2069 \u200b <!-- ]]> &lt;b&gt;"
)


@dataclass
class Seen:
    """What a page did while it was open."""

    requests: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Callable[..., tuple[Any, Seen]]]:
    contexts = []

    def opened(path: Path, *, scheme: str = "light", width: int = 1280) -> tuple[Any, Seen]:
        context = chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
        contexts.append(context)
        page, seen = context.new_page(), Seen()
        page.on("request", lambda request: seen.requests.append(request.url))
        page.on("pageerror", lambda error: seen.problems.append(str(error)))
        page.on("dialog", lambda dialog: (seen.problems.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda message: seen.problems.append(message.text))
        page.goto(path.resolve().as_uri())
        return page, seen

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def run_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    rows = [sample(number) for number in range(60)]
    rows[1] = sample(1, response=HOSTILE, id="<b>q1</b>", question="Is <i>this</i> noise?")
    rows[5] = unscored(5)
    rows[7] = failed(7, error="server: <img src=x onerror=alert(1)>")
    hostile = {"note": "</script><script>window.owned = 4</script>"}
    write_run(folder, keep_images(folder, rows), model="<script>window.owned = 5</script>", manifest=hostile)
    write_report([load_run(folder)])
    return folder


@pytest.fixture(scope="module")
def judged_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_run(tmp_path_factory.mktemp("judged"), [reasoned(number) for number in range(12)], task="reasoning")
    write_report([load_run(folder)])
    return folder


def text_of(page: Any, selector: str) -> str:
    return str(page.locator(selector).inner_text())


def test_hostile_text_is_shown_and_never_run(run_dir: Path, open_page: Callable[..., Any]) -> None:
    page, seen = open_page(run_dir / "report.html")
    page.locator("#list button").nth(1).click()
    shown = text_of(page, "#detail")
    assert "<img src=x onerror='window.owned = 2'>" in shown
    assert "</script><script>window.owned = 1</script>" in shown
    assert "<b>q1</b>" in shown
    assert "U+202E" in shown and "\u202e" not in shown
    assert "<script>window.owned = 5</script>" in text_of(page, "h1")
    assert page.evaluate("window.owned") is None
    assert page.locator("#detail script, #detail svg, #detail b, #detail i").count() == 0
    assert seen.problems == []


def test_a_script_that_got_into_the_page_would_not_run(run_dir: Path, open_page: Callable[..., Any]) -> None:
    page, seen = open_page(run_dir / "report.html")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.owned = 6\">')")
    page.wait_for_timeout(100)
    assert page.evaluate("window.owned") is None
    assert any("Content Security Policy" in problem for problem in seen.problems)


def test_the_page_asks_for_nothing_but_itself(run_dir: Path, open_page: Callable[..., Any]) -> None:
    page, seen = open_page(run_dir / "report.html")
    page.locator("#list button").nth(3).click()
    fetched = [url for url in seen.requests if not url.startswith("data:")]
    assert fetched == [(run_dir / "report.html").as_uri()]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_violation(scheme: str, width: int, run_dir: Path, open_page: Callable[..., Any]) -> None:
    page, _ = open_page(run_dir / "report.html", scheme=scheme, width=width)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_axe_finds_no_violation_in_a_judged_run(judged_dir: Path, open_page: Callable[..., Any]) -> None:
    page, _ = open_page(judged_dir / "report.html")
    assert "Severe streaks" in text_of(page, "#detail")
    assert "Judge, completeness" in text_of(page, "#detail")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("runs", [1, 3])
def test_the_charts_of_medq_deg_can_be_read_by_all(
    scheme: str, runs: int, tmp_path: Path, open_page: Callable[..., Any]
) -> None:
    folders = [write_voted_run(tmp_path / f"{number}", families(), model=f"m{number}") for number in range(runs)]
    report = write_report([load_run(folder) for folder in folders])
    page, seen = open_page(report, scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert page.get_by_role("img", name="CT: accuracy and confidence over severity").count() == 1
    assert page.locator("#degradation .mark.accuracy").first.evaluate("one => getComputedStyle(one).fill") != "none"
    assert page.locator("svg.chart").count() == 6 + runs * (2 + 4)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert seen.problems == []


def test_nothing_is_wider_than_a_phone(run_dir: Path, tmp_path: Path, open_page: Callable[..., Any]) -> None:
    judged = [reasoned(number, task=("reasoning", "comparison")[number % 2]) for number in range(6)]
    rows = [*judged, failed(6, error="an_error_without_a_single_space_in_it_that_is_rather_long_for_a_phone: 1")]
    several = write_report([load_run(write_run(tmp_path, rows, task="all"))])
    for report in (run_dir / "report.html", several):
        page, _ = open_page(report, width=390)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_filters_and_search_narrow_the_list(run_dir: Path, open_page: Callable[..., Any]) -> None:
    page, _ = open_page(run_dir / "report.html")
    assert text_of(page, "#count") == "60 of 60 samples."
    page.select_option("select[name=state]", "unscored")
    assert text_of(page, "#count") == "1 of 60 samples."
    assert "q0005" in text_of(page, "#detail h3")
    page.locator("#filters button").click()
    expect(page.locator("#count")).to_have_text("60 of 60 samples.")
    page.fill("#filters input", "WINDOW.OWNED")
    expect(page.locator("#count")).to_have_text("1 of 60 samples.")
    page.fill("#filters input", "no such text")
    expect(page.locator("#detail")).to_have_text("No sample fits these filters.")


def test_the_keyboard_reaches_every_sample(run_dir: Path, open_page: Callable[..., Any]) -> None:
    page, _ = open_page(run_dir / "report.html")
    page.locator("#list button").first.focus()
    for _ in range(53):
        page.keyboard.press("j")
    assert "q0053" in text_of(page, "#detail h3")
    page.keyboard.press("k")
    page.keyboard.press("ArrowUp")
    assert "q0051" in text_of(page, "#detail h3")
    page.keyboard.press("/")
    page.keyboard.type("jjj")
    assert page.input_value("#filters input") == "jjj"


def test_the_image_as_sent_is_shown_on_demand(run_dir: Path, open_page: Callable[..., Any]) -> None:
    page, _ = open_page(run_dir / "report.html")
    page.get_by_role("button", name="Show as sent").click()
    expect(page.locator("#detail img")).to_have_attribute("alt", "Image of q0000, as sent")
    assert page.evaluate("document.querySelector('#detail img').naturalWidth") == 48
    assert page.locator("#detail img").get_attribute("src").startswith("images/")


def test_a_report_that_was_sent_alone_says_that_the_image_is_missing(
    run_dir: Path, tmp_path: Path, open_page: Callable[..., Any]
) -> None:
    alone = tmp_path / "report.html"
    alone.write_bytes((run_dir / "report.html").read_bytes())
    page, _ = open_page(alone)
    page.get_by_role("button", name="Show as sent").click()
    page.get_by_text("is not beside this report").wait_for()
    assert page.locator("#detail img").get_attribute("src").startswith("data:image/webp")


def test_an_image_that_was_not_kept_is_named_by_its_hash(judged_dir: Path, open_page: Callable[..., Any]) -> None:
    page, _ = open_page(judged_dir / "report.html")
    assert "image not kept" in text_of(page, "#detail .missing")


def test_three_thousand_samples_fit_into_five_megabytes_and_open(tmp_path: Path, open_page: Callable[..., Any]) -> None:
    rows = [sample(number, response="The image shows streaks. " * 10) for number in range(3000)]
    rows = keep_images(tmp_path, rows, lambda number: png(number % 200, side=16))
    report = write_report([load_run(write_run(tmp_path, rows))])
    assert report.stat().st_size < 5_000_000
    page, seen = open_page(report)
    page.fill("#filters input", "q2987")
    expect(page.locator("#count")).to_have_text("1 of 3000 samples.")
    assert seen.problems == []


def test_two_runs_can_be_narrowed_to_the_flipped_items(tmp_path: Path, open_page: Callable[..., Any]) -> None:
    first = [sample(number, skill=1.0) for number in range(20)]
    second = [*first[:17], *(sample(number, skill=0.0) for number in range(17, 20))]
    runs = [load_run(write_run(tmp_path / name, rows)) for name, rows in (("a", first), ("b", second))]
    page, _ = open_page(write_report(runs))
    page.select_option("select[name=flipped]", "yes")
    assert text_of(page, "#count") == "6 of 40 samples."
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
