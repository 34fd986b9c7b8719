"""Dummies fit their value representation."""

import io

import pydicom
import pytest
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian

from medq_tasks.construction.basic_profile import profile
from medq_tasks.construction.dummies import new_uid, put_dummy

OLD = {"AS": "058Y", "DA": "19640812", "TM": "101112", "DT": "19640812101112", "DS": "4.5", "IS": "45", "CS": "OLD"}


@pytest.mark.filterwarnings("error:.*(Invalid value|value length)")
@pytest.mark.parametrize("tag", [tag for tag, rule in profile().items() if rule.action == "D"], ids=hex)
def test_every_dummy_can_be_written_and_read_again_under_strict_rules(tag):
    vr = pydicom.datadict.dictionary_VR(tag)
    if vr == "SQ":
        return
    old = OLD.get(
        vr, 45 if vr in {"US", "FD"} else b"old!" if vr in {"OB", "UN"} else "1.2.45" if vr == "UI" else "old"
    )
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.add(DataElement(tag, vr, old))
    put_dummy(dataset[tag], "s")
    assert dataset[tag].value not in (old, None, "")
    written = io.BytesIO()
    dataset.save_as(written)
    again = pydicom.dcmread(io.BytesIO(written.getvalue()), force=True)
    assert again[tag].value == dataset[tag].value


def test_each_of_several_uids_gets_its_own_and_nothing_stays_nothing():
    one, other = new_uid(["1.2.3", "1.2.4"], "s")
    assert one == new_uid("1.2.3", "s") != other
    assert all(UID(uid).is_valid and len(uid) <= 64 for uid in (one, other))
    assert new_uid("", "s") == ""


def test_an_empty_sequence_stays_empty():
    element = DataElement(0x0040A730, "SQ", [])
    put_dummy(element, "s")
    assert len(element.value) == 0
