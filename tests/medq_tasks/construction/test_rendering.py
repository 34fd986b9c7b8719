import numpy as np
import pytest
from PIL import Image

from medq_tasks.construction import build
from medq_tasks.construction.rendering import rendered_file
from medq_tasks.construction.source import Render
from medq_tasks.errors import DataError


def test_a_rendered_image_is_the_function_s_in_eight_bits(tmp_path):
    path = rendered_file(
        Render(function="numpy:linspace", arguments={"start": [-1.0], "stop": [2.0], "num": 7}), tmp_path
    )
    assert np.asarray(Image.open(path)).ravel().tolist() == [0, 0, 0, 128, 255, 255, 255]


@pytest.mark.parametrize(
    ("function", "arguments"), [("no_such_module:a", {}), ("numpy:nothing", {}), ("numpy:linspace", {"sides": 3})]
)
def test_a_function_that_is_not_there_or_takes_other_arguments_is_one_line(tmp_path, function, arguments):
    with pytest.raises(DataError, match=f"sources: expected '{function}'"):
        rendered_file(Render(function=function, arguments=arguments), tmp_path)


def test_what_is_rendered_counts_as_simulated_and_is_marked_in_every_file(tmp_path):
    (tmp_path / "spec.yaml").write_text(
        "name: phantoms\ntasks: [perception]\ndegradations: {per_image: 1}\nsources:\n"
        + "".join(
            f"  - {{id: view-{seed}, render: {{function: 'medq_tasks.sample.lumen:render_lumen', "
            f"arguments: {{side: 96, seed: {seed}, folds: {seed}, bend: [0.{seed}, 0]}}}}, modality: endoscopy}}\n"
            for seed in (3, 7)
        )
    )
    built = build(tmp_path / "spec.yaml", tmp_path / "out")
    assert {one.original.id for one in built.variants} == {"view-3", "view-7"}
    assert {one.source for one in built.variants} == {"simulated"}
    assert {row.cells["rendered"] for table in built.tables for row in table.rows} == {"yes"}
    assert {table.task for table in built.tables} == {"perception"}
