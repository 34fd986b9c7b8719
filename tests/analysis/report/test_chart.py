"""Charts keep their scale and carry a name and a description."""

from __future__ import annotations

from xml.etree import ElementTree

from analysis.report.chart import Frame, dot, line, path, percent_grid, rect, svg, text, whisker

FRAME = Frame(200, 100, left=20, bottom=10, top=5, right=15)


def test_the_ends_of_the_scale_are_the_ends_of_the_frame() -> None:
    assert (FRAME.x(0), FRAME.x(1), FRAME.y(0), FRAME.y(1)) == (20, 185, 90, 5)


def test_every_piece_together_is_well_formed_with_title_and_description() -> None:
    parts = [
        *percent_grid(FRAME), line((0, 0), (1, 1), "a"), path([(0, 0), (1, 2)], "b", closed=True), dot((1, 1), "c"),
        rect((9, 9), (4, 4), "d"), text((1, 1), "a < b & c"), *whisker(5, (1, 9), "e"),
    ]  # fmt: skip
    root = ElementTree.fromstring(svg(FRAME, parts, name="one", title="a < b", description="c & d"))
    assert root.find("title").text == "a < b"  # type: ignore[union-attr]
    assert root.get("aria-labelledby") == root.find("title").get("id")  # type: ignore[union-attr]
    assert root.get("aria-describedby") == root.find("desc").get("id")  # type: ignore[union-attr]
    box = next(one for one in root.iter("rect"))
    assert (box.get("x"), box.get("width")) == ("4.0", "5.0")
