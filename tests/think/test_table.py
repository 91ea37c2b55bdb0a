"""What was measured of the models, kept for the director."""

import pytest

from assistant import minds
from assistant.config import load
from assistant.errors import StorageError
from assistant.models import current
from assistant.think.choosing import Share
from assistant.think.table import Measured, read, table_file, write

ROW = Measured("m", "1", 0.1, 1.0, 50.0, 0.5, 200.0, None, {"en": (30, 70)}, "2025-11-22")


def test_what_is_measured_again_takes_the_place_of_the_old(home):
    assert read() == []
    write([ROW])
    other = Measured("n", "1", 0.1, 2.0, 50.0, 0.5, 200.0, 7.5, {}, "2025-11-22")
    write([other])
    newer = Measured("m", "2", 0.1, 3.0, 50.0, 0.5, 200.0, None, {}, "2025-11-23")
    write([newer])
    assert read() == [other, newer]


@pytest.mark.parametrize("content", [b"", b"{}", b'[{"id": 3}]', b"\xff"])
def test_a_damaged_table_is_none(home, content):
    table_file().parent.mkdir(parents=True, exist_ok=True)
    table_file().write_bytes(content)
    assert read() == []
    write([ROW])
    assert read() == [ROW]


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be written"):
        write([ROW], tmp_path / "file" / "models.json")


@pytest.mark.models
def test_what_was_measured_of_this_very_version_is_used(home):
    name = "smollm2-135m-instruct-q4_1"
    known = minds.able(load().config, name)  # by the catalog
    assert known.quality["en"] == Share(42, 70)
    assert not known.speaks("es")
    version = current(name).version
    fields = (0.1, 1.5, 50.0, 0.5, 210.0, None, {"en": (30, 70)}, "2025-11-22")
    write([Measured(name, "another", *fields)])
    assert minds.able(load().config, name) == known
    write([Measured(name, version, *fields)])
    able = minds.able(load().config, name)
    assert (able.quality["en"], able.seconds, able.ram_mb) == (Share(30, 70), 1.5, 210.0)


def test_a_model_that_nobody_knows_is_tried(home):
    assert minds.able(load().config, "no-such-model").speaks("es")
