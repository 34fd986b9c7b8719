import numpy as np
from PIL import Image

from medq_tasks.__main__ import main


def test_a_wrong_spec_is_one_line_and_exit_code_2(tmp_path, capsys):
    spec = tmp_path / "spec.yaml"
    spec.write_text("name: a\nsources: [{path: none.png, modality: ct}]\n")
    assert main(["build", str(spec)]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert "none.png" in line


def test_a_constant_image_of_a_spec_is_reported_as_not_degraded_and_the_rest_is_built(tmp_path, capsys):
    coarse = np.random.default_rng(0).integers(0, 255, (6, 6), dtype=np.uint8)
    Image.fromarray(coarse).resize((64, 64)).save(tmp_path / "a.png")
    Image.fromarray(np.full((64, 64), 128, np.uint8)).save(tmp_path / "b.png")
    spec = tmp_path / "spec.yaml"
    spec.write_text(
        "name: own\ndegradations: {per_image: 1, attributes: {ultrasound: [blur]}}\n"
        'sources: [{path: "*.png", modality: ultrasound}]\n'
    )
    assert main(["build", str(spec)]) == 0
    said = capsys.readouterr().out
    assert "not degraded" in said and "no visible effect" in said
    assert (tmp_path / "own" / "README.md").is_file()
