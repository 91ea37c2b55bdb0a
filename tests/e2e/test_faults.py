"""One fault of each kind that needs no root, in one running program after the other.

`scripts/faults` injects each of them many times, at random moments, and tells how soon it is over;
here it only has to be over, with nothing lost.
"""

import contextlib
import random
import shutil
import sys
from pathlib import Path

import pytest

from tests.conftest import REAL_MODELS
from tests.sound import PROGRAMS

SCRIPTS = Path(__file__).parent.parent.parent / "scripts"
pytestmark = [pytest.mark.sound, pytest.mark.models]

WITHIN = (
    "microphone unplugged and plugged in",
    "sound server killed and restarted",
    "settings edited",
    "killed",
)
HANGS = (
    "engine hangs with the interpreter's lock",
    "engine hangs with a lock of ours",
    "engine hangs while it loads",
)
APART = ("engine crashes apart", "engine hangs apart")


@pytest.fixture(scope="module")
def injector():
    """The modules of the script."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(SCRIPTS))
        import _faults

        yield _faults
    for name in [name for name in sys.modules if name.startswith("_faults")]:
        del sys.modules[name]


@pytest.mark.parametrize("names", [WITHIN, HANGS, APART], ids=["within", "hangs", "apart"])
def test_it_recovers_and_nothing_is_lost(names, injector, say, tmp_path, monkeypatch):
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    monkeypatch.setenv("ASSISTANT_MODELS", str(REAL_MODELS))
    if names is HANGS and shutil.which("cc") is None:
        pytest.skip("not installed: cc")
    for limit in ("RING_LATE", "WANTED"):  # how soon is measured elsewhere, on a quiet machine
        monkeypatch.setattr(injector, limit, 120.0)
    faults = {fault.name: fault for fault in injector.FAULTS}
    chosen = [faults[name] for name in names]
    environment: dict[str, str] = {}
    with contextlib.ExitStack() as stack:
        for around in {fault.around for fault in chosen} - {None}:
            environment |= stack.enter_context(around(tmp_path))
        settings = {setting for fault in chosen for setting in fault.settings}
        injector.kept.write_files(tmp_path / "home")
        command = say("Okay Nabu, what time is it?")
        room = injector.Room(tmp_path, command, tuple(settings), environment)
        stack.enter_context(room)
        injector.kept.tell(room)
        for fault in chosen:
            row = injector.once(room, fault, random.Random(7))
            assert row["recovery"] is not None, (fault.name, row)
            assert not row["owed"], (fault.name, row)
            assert not row["wrong"], (fault.name, row)
        edited = "settings edited" in names
        assert injector.kept.lost(room, settings_edited=edited) == []
