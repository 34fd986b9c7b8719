import re

from medq_tasks.data import load_items


def items(built, stem: str, task: str):
    return [item for split in ("dev", "test") for item in load_items(built / f"{stem}_{split}.tsv", task=task)]


def test_a_description_has_three_to_five_sentences_and_ends_in_the_label_of_its_level(built):
    labels = {"none": "good", "mild": "usable", "severe": "reject"}
    made = items(built, "medqbench_description", "reasoning")
    assert {item.degradation_level for item in made} == set(labels)
    for item in made:
        assert 3 <= len(re.findall(r"[.](?:\s|$)", item.reference)) <= 5
        assert item.reference.endswith(f"Overall, the quality of this image is {labels[item.degradation_level]}.")


def test_a_comparison_prefers_each_place_about_equally_often_and_never_shows_one_picture_twice(built):
    made = items(built, "medqbench_paired_description", "comparison")
    places = [re.search(r"the (first|second) image (has|is of) higher quality", item.reference)[1] for item in made]
    assert abs(places.count("first") - places.count("second")) <= 2
    assert {item.difficulty for item in made} == {"coarse", "fine"}
    assert all(item.images[0].read() != item.images[1].read() for item in made)
