"""A question of ours that is open, and what its answer is to do.

The next utterance may answer it, be another command altogether, or give it up. What is neither
is asked again, once; then the question is dropped, and nothing is done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.dialogue.answers import picked, refuses, yes_or_no
from assistant.dialogue.halves import finished
from assistant.dialogue.openings import reference
from assistant.dialogue.phrases import sentence
from assistant.dialogue.plans import ABOUT_TALK, call
from assistant.dialogue.references import STAGE, is_text
from assistant.stages import Router
from assistant.types import (
    Ask,
    Asked,
    Completeness,
    Confirm,
    Finish,
    Intent,
    Pick,
    Plan,
    Question,
    Reply,
    Said,
    Several,
    Unheard,
)
from assistant.understand.normalize import words
from assistant.understand.numbers import number

_A_REMARK = 3
"""Words. So short a text that means nothing is an answer that was misheard, no new question."""
_A_NAME = 5
"""Words, with "the one for the" before them."""

_REPEAT = "talk.repeat"
_MINUTES = {"en": "minutes", "es": "minutos"}
"""What a bare number counts where a length was asked for; the reply says so."""


@dataclass(frozen=True, slots=True)
class Open:
    """A question that was asked."""

    asked: Asked
    question: str  # as it was spoken
    at: float  # monotonic seconds at which it had been spoken
    tries: int = 0  # how often it was asked again
    rest: tuple[Intent, ...] = ()  # what is to be asked about afterwards
    said: str = ""  # by which it came to be asked

    @property
    def softly(self) -> bool:
        """Whether nobody knows which value was asked for: then it is not asked again."""
        return isinstance(self.asked, Ask) and not self.asked.slot


def answer(open_: Open, said: Said, router: Router, other: Callable[[], Plan]) -> Plan:
    """What an utterance after the question is to do. other: what it means without the question."""
    match open_.asked:
        case Confirm():
            found = _confirmed(open_, open_.asked, said)
        case Pick():
            found = _picked(open_, open_.asked, said)
        case Ask():
            found = _filled(open_, open_.asked, said, router)
        case Finish():
            found = _finished(open_.asked, said, router)
    if found is not None:
        return replace(found, answers=True)
    if (instead := _instead(said, router)) is not None:
        return replace(call(instead, said.text), answers=True)
    if isinstance(open_.asked, Pick) and refuses(said.text, open_.asked.names, said.language):
        return _again(open_, said)
    plan = other()
    if [intent.function for intent in plan.intents] == [_REPEAT]:
        return _said_again(open_, plan, said)
    if open_.softly or _is_something_else(plan, said):
        return replace(plan, answers=True)
    return _again(open_, said)


def _instead(said: Said, router: Router) -> Intent | None:
    """ "No, turn on the fan": a whole command in the place of an answer."""
    found = reference(said.text, said.language)
    if found is None or found.kind != "corrects":
        return None
    meant = router.exact(found.rest, said.language)
    talk = meant is not None and meant.function.startswith(ABOUT_TALK)
    return meant if meant is not None and meant.score == 1 and not talk else None


def is_answer(open_: Open, said: Said, router: Router) -> Completeness | None:
    """Whether it answers the question, and is over then; None when it is no answer."""
    if yes_or_no(said.text, said.language) is not None:
        return "complete"
    if isinstance(open_.asked, Pick):
        return "complete" if picked(said.text, open_.asked.names, said.language) else None
    if isinstance(open_.asked, Finish):
        whole = finished(open_.asked.beginning, said.text, said.language, router)
        return "extendable" if whole is not None else None
    if isinstance(open_.asked, Ask) and not open_.softly:
        asked = open_.asked
        value = router.value(said.text, asked.function, asked.slot, said.language)
        return "extendable" if value is not None else None
    return None


def _confirmed(open_: Open, asked: Confirm, said: Said) -> Plan | None:
    match yes_or_no(said.text, said.language):
        case True:
            first = asked.intents[0]
            route = first if len(asked.intents) == 1 else Several(asked.intents, "confirmed")
            return Plan(route, asked.text, intents=asked.intents, confirmed=True, rest=open_.rest)
        case False:
            return _given_up("refused", said, open_.rest)
    return None


def _picked(open_: Open, asked: Pick, said: Said) -> Plan | None:
    verdict = yes_or_no(said.text, said.language)
    if verdict is False:
        return _given_up("never mind", said, open_.rest)
    chosen = picked(said.text, asked.names, said.language)
    if verdict is True and len(asked.options) == 1:
        chosen = [0]
    if not chosen:
        return None
    options = tuple(
        replace(asked.options[n], reason=f"picked by the user; {asked.options[n].reason}")
        for n in chosen
    )
    others = tuple(option for n, option in enumerate(asked.options) if n not in chosen)
    route = options[0] if len(options) == 1 else Several(options, "picked by the user")
    return Plan(route, asked.text, intents=options, others=others, rest=open_.rest)


def _filled(open_: Open, asked: Ask, said: Said, router: Router) -> Plan | None:
    if yes_or_no(said.text, said.language) is False:
        return _given_up("never mind", said, ())
    if not asked.slot:
        return _any_slot(open_, asked, said, router)
    kind = router.slots(asked.function, said.language).get(asked.slot)
    exact = router.exact(said.text, said.language)
    if is_text(kind) and exact is not None and exact.score == 1:
        return None  # another command, word for word
    value = _value(asked, kind, said, router)
    return None if value is None else _with(open_, asked, (asked.slot, value), said)


def _value(asked: Ask, kind: object, said: Said, router: Router) -> object | None:
    """What is said for the slot: "ten minutes", "no, at six"; "seven" for a length is minutes."""
    texts, found = [said.text], reference(said.text, said.language)
    if found is not None and found.kind != "adds":
        texts.append(found.rest)
    if kind is dt.timedelta:
        texts += [f"{text.rstrip(' .!?')} {_MINUTES[said.language]}" for text in texts
                  if _is_number(text, said.language)]  # fmt: skip
    values = (router.value(text, asked.function, asked.slot, said.language) for text in texts)
    return next((value for value in values if value is not None), None)


def _is_number(text: str, language: str) -> bool:
    plain = words(text, language).plain
    found = number(plain, 0, language)
    return found is not None and found[1] == len(plain)


def _finished(asked: Finish, said: Said, router: Router) -> Plan | None:
    if yes_or_no(said.text, said.language) is False:
        return _given_up("never mind", said, ())
    meant = finished(asked.beginning, said.text, said.language, router)
    return call(meant, said.text) if meant is not None else None


def _any_slot(open_: Open, asked: Ask, said: Said, router: Router) -> Plan | None:
    """A value for a slot that is free yet, where it fits one only; words for the first of those
    that take words."""
    if router.exact(said.text, said.language) is not None:
        return None
    kinds = router.slots(asked.function, said.language)
    found: dict[bool, list[tuple[str, object]]] = {True: [], False: []}
    for slot, kind in kinds.items():
        value = router.value(said.text, asked.function, slot, said.language)
        if slot not in asked.known and value is not None:
            found[is_text(kind)].append((slot, value))
    if len(found[False]) == 1:
        return _with(open_, asked, found[False][0], said)
    few = len(words(said.text, said.language)) <= _A_NAME
    return _with(open_, asked, found[True][0], said) if found[True] and few else None


def _with(open_: Open, asked: Ask, filled: tuple[str, object], said: Said) -> Plan:
    slot, value = filled
    slots = {**asked.known, slot: value}
    reason, text = f"answers the question for {slot}", f"{open_.said} {said.text}".strip()
    intent = Intent(asked.function, slots, STAGE, 1.0, reason, text)
    return Plan(intent, said.text, intents=(intent,))


def _given_up(key: str, said: Said, rest: tuple[Intent, ...]) -> Plan:
    route = Intent("dialogue.no", {}, STAGE, 1.0, "the user said no")
    reply = Reply(sentence(key, said.language), said.language, looked=True)
    return Plan(route, said.text, say=reply, rest=rest)


def _is_something_else(plan: Plan, said: Said) -> bool:
    """Whether it was meant as a command or a question of its own."""
    match plan.route:
        case Unheard():
            return False
        case Question():
            return len(words(said.text, said.language)) > _A_REMARK
    return True


def _said_again(open_: Open, plan: Plan, said: Said) -> Plan:
    """ "What?": the question stays open."""
    asks = open_.asked
    reply = Reply(open_.question, said.language, listen_again=True, asks=asks, looked=True)
    return Plan(plan.route, said.text, say=reply)


def _again(open_: Open, said: Said) -> Plan:
    if open_.tries:
        route = Unheard("two answers to a question were not understood")
        reply = Reply(sentence("refused", said.language), said.language, looked=True)
        if not isinstance(open_.asked, Confirm):
            reply = replace(reply, text=sentence("never mind", said.language))
        return Plan(route, said.text, say=reply, answers=True)
    key = "yes or no" if isinstance(open_.asked, Confirm) else "again"
    text = sentence(key, said.language, open_.question)
    reply = Reply(text, said.language, listen_again=True, asks=open_.asked, looked=True)
    return Plan(Unheard("no answer to the question"), said.text, say=reply)
