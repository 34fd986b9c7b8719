import pytest

from medq_tasks.construction import load_spec
from medq_tasks.errors import DataError

GOOD = "name: a\nsources: [{path: x.png, modality: ct}]\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: a\nsources: []\n", "sources"),
        (GOOD + "colour: red\n", "colour"),
        (GOOD.replace("ct", "pet"), "modality"),
        (GOOD.replace("modality: ct", "shows: [rust]"), "rust"),
        (GOOD.replace("modality: ct", "window: wide"), "wide"),
        (GOOD + "degradations: {attributes: {ct: [hair]}}\n", "hair"),
        (
            GOOD.replace("modality: ct", 'questions: [{question: "Q?", options: [a, b], answer: c}]'),
            "among the options",
        ),
        (GOOD.replace("modality: ct", 'questions: [{question: "Q?", options: [a, A], answer: a}]'), "differ"),
        ("name: [\n", "YAML"),
        ("name: ../up\nsources: [{path: a}]\n", "name"),
    ],
)
def test_a_wrong_spec_is_one_line_that_names_the_place(tmp_path, text, said):
    path = tmp_path / "spec.yaml"
    path.write_text(text)
    with pytest.raises(DataError) as caught:
        load_spec(path)
    assert said in str(caught.value) and str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_spec_is_named(tmp_path):
    with pytest.raises(DataError, match=r"none\.yaml"):
        load_spec(tmp_path / "none.yaml")
