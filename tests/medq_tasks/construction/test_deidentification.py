from pathlib import Path

import pydicom
import pytest
from pydicom.data import get_testdata_file
from pydicom.dataset import Dataset

from medq_tasks.construction.deidentification import deidentified, profile


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


def test_the_profile_lists_three_hundred_attributes_with_known_actions():
    assert len(profile()) >= 300
    assert set(profile().values()) == {"X", "Z", "D", "U"}
