"""The content version."""

from importlib.resources import files
from pathlib import Path

from medq_tasks.sample import version


def test_it_changes_with_any_file_and_with_any_name(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def digest() -> str:
        version.sample_version.cache_clear()
        return version.sample_version()

    before = digest()
    monkeypatch.setattr(version, "PARTS", ("part",))
    monkeypatch.setattr(version, "files", lambda _: tmp_path)
    (tmp_path / "a.yaml").write_text("x")
    first = digest()
    (tmp_path / "a.yaml").write_text("y")
    second = digest()
    (tmp_path / "a.yaml").rename(tmp_path / "b.yaml")
    third = digest()
    (tmp_path / "notes.txt").write_text("does not count")
    assert len({before, first, second, third}) == 4
    assert digest() == third
    version.sample_version.cache_clear()


def test_it_covers_code_templates_and_assets_of_the_sample_the_pipeline_and_the_degradations() -> None:
    names = {name for part in version.PARTS for name, _ in version._files(files(part), part)}
    assert "medq_tasks.sample/medqbench.yaml" in names
    assert "medq_tasks.construction/bank/attributes/ct.yaml" in names
    assert "medq_tasks.construction/seeds.py" in names
    assert "medq_tasks.sample/lumen.py" in names
    assert "medq_tasks.sample/assets/cmu_small_region_he_dermis.png" in names
    assert "medq_tasks.degradations/ct/low_dose.py" in names
