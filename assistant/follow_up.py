"""After which turns one may go on without the wake word: a pure decision."""

from __future__ import annotations

from typing import NamedTuple

from assistant.settings import Endpoint
from assistant.types import Turn, Typed, Utterance


class FollowUp(NamedTuple):
    """How the ears are opened: seconds, whether for commands only, and whether that is done after
    any turn; else something is still to come."""

    seconds: float
    commands_only: bool
    after_all: bool


def follow_up(said: Utterance | Typed, turn: Turn, settings: Endpoint) -> FollowUp | None:
    """What may follow a turn; None: the wake word comes first."""
    asked = turn.listen_again and turn.outcome == "answered"
    words = turn.transcript.text if turn.transcript else ""
    called = isinstance(said, Utterance) and said.wake is not None
    only_called = called and turn.outcome == "unheard" and not words
    if asked or only_called:  # the command is still to come
        return FollowUp(settings.follow_up, False, False)
    spoken_to = isinstance(said, Utterance) and turn.outcome == "answered" and turn.reply_text
    if not spoken_to or settings.follow_up_after == "questions":
        return None
    return FollowUp(settings.follow_up, settings.follow_up_after == "commands", True)
