"""Scripted fakes of every protocol in `stages`: for our tests, and for authors of functions.

Each is told beforehand what will happen, keeps the whole protocol, and passes the same
contract tests as the real engine.
"""

from assistant.testing.engines import (
    FakeActor,
    FakeRouter,
    FakeTranscriber,
    FakeVoice,
)
from assistant.testing.sound import (
    RecordingSink,
    ScriptedSource,
    ScriptedVad,
    ScriptedVerifier,
    ScriptedWake,
)
from assistant.testing.thinkers import FakeThinker, FakeToolUser

__all__ = [
    "FakeActor",
    "FakeRouter",
    "FakeThinker",
    "FakeToolUser",
    "FakeTranscriber",
    "FakeVoice",
    "RecordingSink",
    "ScriptedSource",
    "ScriptedVad",
    "ScriptedVerifier",
    "ScriptedWake",
]
