"""Plans for what is said of the last command: "no, fifty", "make it ten", "and in Madrid?"."""

from __future__ import annotations

from assistant.dialogue.answers import is_other
from assistant.dialogue.more import more_or_less, of_the_lights
from assistant.dialogue.openings import Reference, reference
from assistant.dialogue.plans import ABOUT_TALK, Last, call, other, replacing
from assistant.dialogue.references import MOST_MORE, MOST_WORDS, Resolver
from assistant.dialogue.standing_for import resolved
from assistant.dialogue.times import has_time
from assistant.stages import Router
from assistant.types import Intent, Plan, Said
from assistant.understand.normalize import words


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
            return plan
    return None


def about_it(said: Said, router: Router, last: Last) -> Plan | None:
    """ "make it blue", "what's on it", "take the milk off", "a bit more": about what was spoken of
    before."""
    for intent in reversed(last.past.intents):
        sentence = intent.text or last.past.text
        for reading in (more_or_less, resolved):
            meant = reading(said.text, said.language, intent, sentence, router)
            if meant is not None:
                return call(meant, said.text)
    return None


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
