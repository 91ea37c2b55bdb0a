"""Some cases of each kind of damaged input; `scripts/fuzz` tries a hundred thousand."""

import logging

import pytest

from tests.fuzz.running import KINDS
from tests.fuzz.trying import Actions, Kind, attempt

SEED = 11
ACTIONS = Actions()
WHOLE = sum(kind.cases for kind in KINDS)
CASES = 1_500


@pytest.fixture(autouse=True)
def quiet():
    """What is skipped is logged, a line each: here by the thousand."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("kind", [k for k in KINDS if not k.heavy], ids=lambda kind: kind.name)
def test_what_is_damaged_is_refused_in_a_sentence(kind, tmp_path):
    (tmp_path / "cases").mkdir()
    context = kind.prepare(tmp_path / "cases")
    count = max(5, round(CASES * kind.cases / WHOLE))
    found = [attempt(kind, context, SEED, n, ACTIONS, tmp_path) for n in range(count)]
    assert [fault for fault in found if fault] == []


def test_it_is_noticed_when_a_case_acts(tmp_path):
    """That the test above can fail: a file is written elsewhere, an error is none of ours, a
    sentence is none."""
    outside = tmp_path.parent / "outside.txt"
    doings = {
        "an action": lambda *_: outside.write_text("x") and None,
        "KeyError": lambda *_: {}["x"],
        "no sentence": lambda *_: (_ for _ in ()).throw(_OursError("it broke")),
    }
    (tmp_path / "in").mkdir()
    for what, run in doings.items():
        kind = Kind("x", 1, lambda _: None, lambda *_: None, run, (_OursError,))
        fault = attempt(kind, None, SEED, 0, ACTIONS, tmp_path / "in")
        assert fault is not None and what in fault.what


class _OursError(Exception):
    pass
