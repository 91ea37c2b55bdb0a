"""What the dialogue is told from outside, what it remembers of a turn, and the plans it makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.dialogue.openings import Reference
from assistant.dialogue.phrases import sentence
from assistant.stages import Router
from assistant.types import Intent, Past, Plan, Reply, Route, Said, Several, Undoable, Unheard

ABOUT_TALK = ("conversation.", "talk.", "taught.")
"""Functions that talk about the talk: what "it" stands for is what was done before them."""


class Taught(Protocol):
    """What the user taught: phrases, and what each stands for."""

    def find(self, text: str, language: str, *, near: bool = False) -> Sequence[str]:
        """The sentences that a phrase stands for, to be understood as if they were said; none
        for one that was not taught. near: also one that sounds a little different."""

    def lesson(
        self, text: str, language: str, router: Router, misunderstood: str
    ) -> tuple[Intent, ...]:
        """The calls that `text` wants, if it teaches or asks about what was taught.
        misunderstood: what was said before, and not understood: "that means ..." is about it."""


class NothingTaught:
    def find(self, text: str, language: str, *, near: bool = False) -> Sequence[str]:
        return ()

    def lesson(
        self, text: str, language: str, router: Router, misunderstood: str
    ) -> tuple[Intent, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class Last:
    """The last turn that did something."""

    past: Past
    undoable: tuple[Undoable, ...]
    at: float
    others: tuple[Intent, ...]  # that could have been meant instead


def call(intent: Intent, text: str) -> Plan:
    return Plan(intent, text, intents=(intent,))


def several(intents: tuple[Intent, ...], text: str) -> Plan:
    if len(intents) == 1:
        return call(intents[0], text)
    route = Several(intents, f"{len(intents)} commands") if intents else Unheard("no step of it")
    return Plan(route, text, intents=intents)


def routed(route: Route, text: str) -> Plan:
    match route:
        case Intent():
            return call(route, text)
        case Several():
            return Plan(route, text, intents=route.intents)
    return Plan(route, text)


def unasked(said: Said, why: str) -> Plan:
    """An answer to no question."""
    reply = Reply(sentence(why, said.language), said.language, looked=True)
    return Plan(Unheard("nothing was asked"), said.text, say=reply, answers=True)


def nothing_to_undo(intent: Intent, said: Said) -> Plan:
    """ "Cancel that", after what cannot be taken back: what is being said ends all the same."""
    reply = Reply(sentence("nothing to undo", said.language), said.language, looked=True)
    return Plan(intent, said.text, intents=(intent,), say=reply)


def can_undo(last: Last) -> bool:
    return bool(last.undoable) and all(u.undo is not None for u in last.undoable)


def other(last: Last, said: Said) -> Plan | None:
    """What was not picked, where there were two."""
    if len(last.others) != 1:
        return None
    [other] = last.others
    return Plan(
        other,
        said.text,
        take_back=last.undoable,
        intents=(other,),
        corrects=True,
        others=last.past.intents,
    )


def without(group: tuple[Undoable, ...], gone: Sequence[Undoable]) -> tuple[Undoable, ...]:
    return tuple(entry for entry in group if not any(entry is other for other in gone))


def replacing(new: Intent, old: Intent, last: Last, found: Reference, said: Said) -> Plan:
    """`new` instead of what was done, or beside it."""
    plan = call(new, said.text)
    if found.kind == "adds":
        return plan
    undoable = tuple(entry for entry in last.undoable if entry.intent is old)
    return replace(plan, take_back=undoable, corrects=True)
