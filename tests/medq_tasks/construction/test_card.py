def test_the_card_has_the_papers_tables_and_marks_published_values(built):
    card = (built / "README.md").read_text()
    for title in ("Table 2", "Table 3", "Table 4", "Table 5", "figure 9", "Letter of the right answer"):
        assert title in card
    assert "| authentic | " in card and "published share" in card
    assert "41.3 %" in card and "57.2 %" in card and "23.8 %" in card


def test_the_counts_of_the_card_are_those_of_the_files(built):
    card = (built / "README.md").read_text()
    for path in built.glob("*.tsv"):
        rows = len(path.read_text().splitlines()) - 1
        [line] = [line for line in card.splitlines() if f"`{path.name}`" in line]
        assert line.endswith(f" | {rows} |")
