"""Plans for what is said of the last command: "no, fifty", "make it ten", "and in Madrid?"."""

from __future__ import annotations

from assistant.dialogue.answers import is_other, yes_or_no
from assistant.dialogue.exclusions import excluded
from assistant.dialogue.more import more_or_less, of_the_lights
from assistant.dialogue.openings import Reference, reference
from assistant.dialogue.plans import ABOUT_TALK, Last, call, other, replacing, several
from assistant.dialogue.references import MOST_MORE, MOST_WORDS, Resolver
from assistant.dialogue.standing_for import of_answer, resolved
from assistant.dialogue.times import has_time
from assistant.stages import Router
from assistant.types import Intent, Plan, Said
from assistant.understand.normalize import words

_BARE = 2  # words
_ALL_OF_THEM = frozenset({("both",), ("them",), ("those",), ("these",)})


def another_value(exact: Intent, said: Said, router: Router, last: Last | None) -> Plan | None:
    """ "make it eight" is about the alarm that was just set, and not about the heating, which is
    what the words by themselves mean (`exact`)."""
    if last is None:
        return None
    for intent in reversed(last.past.intents):
        sentence = intent.text or last.past.text
        lit = of_the_lights(exact, said.text, said.language, intent, sentence, router)
        if lit is not None:
            return call(lit, said.text)
    found = reference(said.text, said.language)
    if found is None or found.kind != "changes":
        return None
    if any(intent.function == exact.function for intent in last.past.intents):
        return None
    resolver = Resolver(router, said.language)
    for intent in reversed(last.past.intents):
        new = resolver.typed(intent, intent.text or last.past.text, found.rest)
        if new is not None:
            return replacing(new, intent, last, found, said)
    return None


def refers(said: Said, router: Router, last: Last, changed: Last) -> Plan | None:
    """last, changed: the last turn that did something, and that changed something."""
    resolver = Resolver(router, said.language)
    if (plan := excluded(said, router, changed)) is not None:
        return plan
    found = reference(said.text, said.language)
    if found is None:
        return _continued(last, said, resolver, router)
    if is_other(said.text, said.language) and (plan := other(last, said)):
        return plan
    if (plan := _corrected(found, last, said, router)) is not None:
        return plan
    adds = found.kind == "adds"
    tried = [(last, True), *([] if adds else [(changed, True)])]
    tried += [(last, False)] if adds or changed is last else []
    for each, filled in tried:
        if (plan := _resolved(found, each, said, resolver, filled=filled)) is not None:
            return None if _is_no_correction(found, plan, each) else plan
    return None


def _is_no_correction(found: Reference, plan: Plan, last: Last) -> bool:
    """ "No milk", after milk: what it already was corrects nothing."""
    return found.kind == "corrects" and any(
        (new.function, new.slots) == (old.function, old.slots)
        for new in plan.intents
        for old in last.past.intents
    )


def about_it(said: Said, router: Router, last: Last) -> Plan | None:
    """ "make it blue", "what's on it", "take the milk off", "a bit more": about what was spoken of
    before."""
    if yes_or_no(said.text, said.language) is not None:
        return None  # "ok", "vale": they are about nothing
    if len(last.past.intents) > 1 and (plan := _of_each(said, router, last)) is not None:
        return plan
    for intent in reversed(last.past.intents):
        sentence = intent.text or last.past.text
        if (sum_ := of_answer(said, intent, last.past.reply, router)) is not None:
            return call(sum_, said.text)
        for reading in (more_or_less, resolved):
            meant = reading(said.text, said.language, intent, sentence, router)
            if meant is not None:
                return call(meant, said.text)
    return None


def _of_each(said: Said, router: Router, last: Last) -> Plan | None:
    """ "Turn both off", "turn them off", after two things."""
    text, language = words(said.text, said.language), said.language
    if text.plain[-1:] in _ALL_OF_THEM or _ALL_OF_THEM.isdisjoint((word,) for word in text.plain):
        return None
    one = " ".join("it" if (word,) in _ALL_OF_THEM else word for word in text.said)
    found = [
        resolved(one, language, intent, intent.text, router)
        for intent in last.past.intents
        if intent.text
    ]
    meant = tuple(intent for intent in found if intent is not None)
    alike = len({intent.function for intent in meant}) == 1
    whole = len(meant) == len(last.past.intents)
    return several(meant, said.text) if whole and alike else None


def is_bare(said: Said) -> bool:
    """Whether it can only be of what was said before: "no, at six", "seven", "the second"."""
    found = reference(said.text, said.language)
    corrects = found is not None and found.kind != "adds"
    return corrects or len(words(said.text, said.language)) <= _BARE


def wants_the_same(said: Said) -> bool:
    """ "and on Sunday?", "what about the bus?": what was wanted before, with something else."""
    found = reference(said.text, said.language)
    few = found is not None and len(words(found.rest, said.language)) <= MOST_MORE
    return found is not None and found.kind == "adds" and few


def _corrected(found: Reference, last: Last, said: Said, router: Router) -> Plan | None:
    """ "no, turn it up": a whole other command in the place of the last one."""
    meant = router.exact(found.rest, said.language) if found.kind == "corrects" else None
    if meant is None or meant.function.startswith(ABOUT_TALK):
        return None
    return Plan(meant, said.text, take_back=last.undoable[::-1], intents=(meant,), corrects=True)


def _continued(last: Last, said: Said, resolver: Resolver, router: Router) -> Plan | None:
    """ "times three" after a sum; "add cheese" after "add bread to the list"."""
    if len(last.past.intents) != 1:
        return None
    [intent] = last.past.intents
    if (more := resolver.going_on(intent, last.past.reply, said.text)) is not None:
        return call(more, said.text)
    if has_time(
        said.text, said.language, router
    ):  # "remind me to call mum tonight" is a whole sentence
        return None
    again = resolver.repeats(intent.text or last.past.text, said.text)
    if not again:
        return None
    return _resolved(Reference("adds", again), last, said, resolver, filled=True)


def _resolved(
    found: Reference, last: Last, said: Said, resolver: Resolver, *, filled: bool
) -> Plan | None:
    most = MOST_MORE if found.kind == "adds" else MOST_WORDS
    for intent in reversed(last.past.intents):
        old = intent.text or last.past.text
        if found.kind == "narrows":
            new = resolver.narrowed(intent, old, found.rest)
        else:
            new = resolver.resolve(intent, old, found.rest, filled=filled, most=most)
        if new is not None:
            return replacing(new, intent, last, found, said)
    return None
