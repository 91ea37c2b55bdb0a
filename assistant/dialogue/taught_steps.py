"""What taught sentences mean: each as if it had been said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.dialogue import splitting
from assistant.dialogue.phrases import sentence
from assistant.dialogue.plans import Taught, several
from assistant.stages import Router
from assistant.types import Intent, Plan, Reply, Said

_NESTED = 3  # routines within routines
_MOST_STEPS = 30


def in_their_place(sentences: Sequence[str], said: Said, router: Router, taught: Taught) -> Plan:
    """The steps that are not understood are told; the others are done."""
    intents: list[Intent] = []
    lost: list[str] = []
    for each in _steps(sentences, said.language, taught, _NESTED):
        parts = splitting.split(each, said.language, router)
        if not parts:
            route = router.exact(each, said.language) or router.route(each, said.language)
            parts = (route,) if isinstance(route, Intent) else ()
        intents += [replace(intent, stage="taught") for intent in parts]
        lost += [] if parts else [each]
    plan = several(tuple(intents), said.text)
    if not lost:
        return plan
    text = sentence("lost step", said.language, ", ".join(lost))
    return replace(plan, say=Reply(text, said.language, ok=False, looked=True))


def _steps(sentences: Sequence[str], language: str, taught: Taught, depth: int) -> list[str]:
    """A step may be a taught phrase itself; one that leads to itself ends somewhere."""
    steps: list[str] = []
    for each in sentences:
        inner = taught.find(each, language) if depth else ()
        steps += _steps(inner, language, taught, depth - 1) if inner else [each]
    return steps[:_MOST_STEPS]
