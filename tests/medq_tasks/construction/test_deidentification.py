from pathlib import Path

import pydicom
import pytest
from pydicom.data import get_testdata_file
from pydicom.dataset import Dataset

from medq_tasks.construction.deidentification import deidentified


@pytest.fixture
def header() -> Dataset:
    dataset = pydicom.dcmread(str(get_testdata_file("CT_small.dcm")))
    dataset.PatientName = "Muster^Erika"
    dataset.InstitutionName = "Klinik am See"
    dataset.PatientBirthDate = "19640812"
    dataset.AcquisitionDateTime = "20040119072730"
    dataset.add_new(0x00091001, "LO", "private secret")
    inner = Dataset()
    inner.PatientID = "nested-4711"
    inner.StudyInstanceUID = dataset.StudyInstanceUID
    dataset.MACParametersSequence = [inner]  # not in the profile: its items have to be searched
    dataset.add_new(0x60003000, "OW", b"\0\1")
    dataset.add_new(0x00401011, "SQ", [Dataset()])
    return dataset


def test_no_identifying_value_is_left_at_any_depth(header):
    text = str(deidentified(header, salt="s").dataset)
    for value in ("Muster", "Klinik", "19640812", "20040119", "private secret", "nested-4711", "JFK IMAGING"):
        assert value not in text


def test_pixels_and_what_describes_them_stay_as_they_are(header):
    cleaned = deidentified(header, salt="s").dataset
    for name in ("PixelData", "Rows", "Columns", "BitsStored", "RescaleIntercept", "PixelSpacing", "Modality"):
        assert cleaned.get(name) == header.get(name)


def test_the_source_data_set_is_not_changed(header):
    before = str(header)
    deidentified(header, salt="s")
    assert str(header) == before


def test_new_uids_meet_again_and_depend_on_the_salt(header):
    cleaned = deidentified(header, salt="s").dataset
    assert cleaned.StudyInstanceUID == cleaned.MACParametersSequence[0].StudyInstanceUID != header.StudyInstanceUID
    assert cleaned.file_meta.MediaStorageSOPInstanceUID == cleaned.SOPInstanceUID
    assert pydicom.uid.UID(cleaned.StudyInstanceUID).is_valid
    assert deidentified(header, salt="t").dataset.StudyInstanceUID != cleaned.StudyInstanceUID


def test_the_report_names_what_was_done_and_no_value(header):
    removal = deidentified(header, salt="s").removal
    assert "PatientName" in removal.actions["Z"]
    assert "InstitutionName" in removal.actions["D"]
    assert "StudyInstanceUID" in removal.actions["U"]
    assert removal.private >= 1
    assert "Muster" not in str(removal)


def test_the_result_can_be_written_and_read_again(header, tmp_path: Path):
    cleaned = deidentified(header, salt="s").dataset
    cleaned.save_as(tmp_path / "a.dcm")
    assert pydicom.dcmread(tmp_path / "a.dcm").PatientIdentityRemoved == "YES"


def test_curves_overlays_and_their_comments_go_in_every_repeating_group(header):
    header.add_new(0x50023000, "OW", b"\0\1")
    header.add_new(0x60023000, "OW", b"\0\1")
    header.add_new(0x60024000, "LT", "left lung of E. Muster")
    header.add_new(0x60020010, "US", 512)
    cleaned = deidentified(header, salt="s").dataset
    assert not [tag for tag in (0x50023000, 0x60003000, 0x60023000, 0x60024000) if tag in cleaned]
    assert cleaned[0x60020010].value == 512


def test_references_between_images_survive_with_new_uids(header):
    reference = Dataset()
    reference.ReferencedSOPInstanceUID = header.SOPInstanceUID
    reference.add_new(0x00091001, "LO", "nested private secret")
    header.SourceImageSequence = [reference]
    found = deidentified(header, salt="s")
    [kept] = found.dataset.SourceImageSequence
    assert kept.ReferencedSOPInstanceUID == found.dataset.SOPInstanceUID != header.SOPInstanceUID
    assert "nested private secret" not in str(found.dataset)
    assert "SourceImageSequence" in found.removal.actions["U"]


def test_a_dummy_stands_where_a_value_is_required(header, tmp_path: Path):
    item = Dataset()
    item.TextValue = "Muster has a fracture"
    item.NumericValue = 47.11
    header.ContentSequence = [item, item]
    header.EncapsulatedDocument = b"%PDF Muster"
    header.TreatmentDate = "20240506"
    cleaned = deidentified(header, salt="s").dataset
    assert [inner.TextValue for inner in cleaned.ContentSequence] == ["ANONYMIZED"]
    assert cleaned.ContentSequence[0].NumericValue == 0
    assert (cleaned.EncapsulatedDocument, cleaned.TreatmentDate) == (b"\0\0", "19000101")
    cleaned.save_as(tmp_path / "a.dcm")
    assert b"Muster" not in (tmp_path / "a.dcm").read_bytes()


@pytest.mark.parametrize(
    "name",
    [
        "PatientBirthDateInAlternativeCalendar",
        "PatientAge",
        "StudyComments",
        "StudyID",
        "StudyDescription",
        "EthnicGroup",
    ],
)
def test_what_was_once_overlooked_or_is_not_in_the_table_goes_too(name, header):
    setattr(header, name, {"PatientAge": "058Y"}.get(name, "Muster"))
    assert "Muster" not in str(deidentified(header, salt="s").dataset)
    assert "058Y" not in str(deidentified(header, salt="s").dataset)


def test_a_name_that_no_table_lists_is_emptied(header):
    header.add_new(0x00289998, "PN", "Muster^Erika")
    assert deidentified(header, salt="s").dataset[0x00289998].value in (None, "")
