import pytest

from medq_tasks.construction import load_spec
from medq_tasks.construction.bank import load_bank
from medq_tasks.construction.loading import bank_of
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
        (GOOD.replace("modality: ct", "facts: {plane: oblong}"), "axial, coronal, sagittal; got 'oblong'"),
        (GOOD.replace("modality: ct", "facts: {colour of hair: red}"), "expected facts of modality"),
        (GOOD.replace("path: x.png", "render: {function: 'a:b'}, path: x.png"), "either `path` or `render`"),
        (GOOD.replace("{path", "{id: a, path: y.png}, {id: a, path"), "`id` once, got 'a'"),
        (GOOD + "vocabulary: {ct: [rust]}\n", "rust"),
        (GOOD + "picture: {markers: {most: 3}}\n", "applied_to to `picture`"),
        (GOOD + "tasks: [degradation]\ndegradations: {images: {a: [blur]}}\n", "sources named by `id`"),
        (GOOD.replace("{path", "{id: a, path") + "degradations: {images: {a: [blur]}}\n", "tasks to [degradation]"),
        (
            GOOD.replace("{path", "{id: a, path") + "tasks: [degradation]\ndegradations: {images: {a: [rust]}}\n",
            "rust",
        ),
        (GOOD + "include: none.yaml\n", "readable spec"),
        ("name: [\n", "YAML"),
        ("name: ../up\nsources: [{path: a}]\n", "name"),
    ],
)
def test_a_wrong_spec_is_one_line_that_names_the_place(tmp_path, text, said):
    path = tmp_path / "spec.yaml"
    path.write_text(text)
    with pytest.raises(DataError) as caught:
        load_spec(path)
    assert said in str(caught.value) and str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_spec_is_named(tmp_path):
    with pytest.raises(DataError, match=r"none\.yaml"):
        load_spec(tmp_path / "none.yaml")


def test_a_spec_takes_what_it_does_not_say_from_the_one_that_it_includes(tmp_path):
    (tmp_path / "first.yaml").write_text(GOOD + "seed: 7\npicture: {format: png16}\n")
    (tmp_path / "second.yaml").write_text("include: first.yaml\nname: b\npicture: {maximum_side_px: 320}\n")
    (tmp_path / "third.yaml").write_text("include: second.yaml\nname: c\n")
    spec = load_spec(tmp_path / "second.yaml")
    assert (spec.name, spec.seed, spec.sources[0].path) == ("b", 7, "x.png")
    assert (spec.picture.format, spec.picture.maximum_side_px) == ("rgb8", 320)
    with pytest.raises(DataError, match="include"):
        load_spec(tmp_path / "third.yaml")


def test_the_bank_is_the_spec_s_where_that_has_words_of_its_own(tmp_path):
    question = "{question: 'Which view?', capability: View, options: [PA, AP]}"
    (tmp_path / "spec.yaml").write_text(f"{GOOD}vocabulary: {{ct: [ring]}}\ncontent: {{view: {question}}}\n")
    bank = bank_of(load_spec(tmp_path / "spec.yaml"))
    assert bank.vocabulary["ct"] == ("ring",) and bank.vocabulary["mri"] == load_bank().vocabulary["mri"]
    assert [*bank.content] == [*load_bank().content, "view"]
