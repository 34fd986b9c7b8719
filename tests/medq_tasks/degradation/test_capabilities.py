"""The capability tree."""

from medq_tasks.degradation.capabilities import TASKS, TREE, ability_of, task_of


def test_there_are_two_abilities_six_tasks_and_30_skills_each_in_one_task() -> None:
    skills = [skill for tasks in TREE.values() for members in tasks.values() for skill in members]
    assert (len(TREE), len(TASKS), len(skills), len(set(skills))) == (2, 6, 30, 30)
    for tasks in TREE.values():
        for task, members in tasks.items():
            assert {task_of(skill) for skill in members} == {task}


def test_spelling_does_not_matter_and_unknown_names_have_no_task() -> None:
    assert task_of("cell_and_microbes") == task_of("Cell and Microbes") == "Anatomical Recognition"
    assert task_of("Laboratory / Imaging  interpretation") == "Diagnosis"
    assert task_of("unheard of") is None
    assert task_of(None) is None
    assert ability_of("Counting") is None
    assert ability_of("Treatment") == "Clinical Reasoning"
