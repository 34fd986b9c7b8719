"""The capabilities of MedQ-Deg: 30 skills in six tasks of two abilities."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

# ability: {task: skills}. Source: arXiv 2603.07769.
TREE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "Medical Perception": {
        "Clinical Understanding": (
            "Disease Diagnosis", "Severity Grading", "Basic Science Understanding", "Lesion Grading",
            "Attribute Recognition", "Treatment-Understanding",
        ),
        "Imaging Perception": (
            "Counting", "Surgical Workflow Recognition", "Image Quality Grading", "Surgical Instrument Recognition",
        ),
        "Anatomical Recognition": (
            "Skeletal System", "Cardiovascular", "Abdominal Structures", "Respiratory System", "Gastrointestinal Tract",
            "Neurovascular", "General Structures", "Muscle Recognition", "Cell and Microbes",
        ),
    },
    "Clinical Reasoning": {
        "Basic Science": ("General Science Reasoning", "Pathophysiological Reasoning", "Clinical Correlation"),
        "Diagnosis": (
            "General Diagnosis Reasoning", "Laboratory/Imaging Interpretation", "Clinical Presentation Analysis",
            "Disease Mechanism Recognition",
        ),
        "Treatment": (
            "Treatment Reasoning", "Pharmacological Treatment", "Initial/Emergency Management",
            "Surgical Treatment Selection",
        ),
    },
}  # fmt: skip
TASKS = tuple(task for tasks in TREE.values() for task in tasks)


def task_of(capability: str | None) -> str | None:
    """The task that a skill belongs to, or the task itself; None for a name that the paper does not have.

    >>> task_of("image_quality_grading"), task_of("Diagnosis"), task_of("Cooking")
    ('Imaging Perception', 'Diagnosis', None)
    """
    return None if capability is None else _tasks().get(_plain(capability))


def ability_of(task: str | None) -> str | None:
    """The ability that a task belongs to.

    >>> ability_of("Diagnosis")
    'Clinical Reasoning'
    """
    return next((ability for ability, tasks in TREE.items() if task in tasks), None)


@cache
def _tasks() -> dict[str, str]:
    skills = {_plain(skill): task for tasks in TREE.values() for task, skills in tasks.items() for skill in skills}
    return skills | {_plain(task): task for task in TASKS}


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]+", " ", name.lower()).strip()
