"""An open question goes to the user's own documents first. What they say is read out with its
source; only what they do not know is left to the language model, and marked as its own."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.errors import fault
from assistant.stages import Stages
from assistant.trace import TurnClock
from assistant.types import Reply
from assistant.worker import Cancel

log = logging.getLogger(__name__)

UNKNOWN: Mapping[str, str] = {
    "en": "I do not find that in your documents.",
    "es": "No encuentro eso en tus documentos.",
}
OWN: Mapping[str, str] = {
    "en": "Your documents do not say. From memory:",
    "es": "Tus documentos no lo dicen. De memoria:",
}


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of it."""

    reply: Reply | None = None  # None: the language model may answer
    place: str = ""  # where the reply stands, to be shown
    mark: bool = False  # what the language model says is to be introduced as its own

    def marked(self, sentences: Iterable[str], language: str) -> Iterator[str]:
        if self.mark:
            yield OWN[language]
        yield from sentences


def look_up(
    question: str, language: str, stages: Stages, cancel: Cancel, clock: TurnClock
) -> Looked | None:
    """Ask the documents; None when cancelled. An index that fails costs a line in the log."""
    if stages.library is None:
        return Looked()
    with clock.span("documents") as detail:
        try:
            found = stages.library.run(
                lambda library: (library.answer(question, language), bool(library.titles())),
                cancel,
            )
        except Exception as error:  # noqa: BLE001  one stage less, as if there were no documents
            log.warning("the documents cannot be asked: %s", fault(error))
            detail["reason"] = f"failed: {fault(error)}"
            return Looked()
        if found is None:
            return None
        quote, there = found
        if quote is not None:
            detail.update(reason=quote.reason, source=quote.place)
            return Looked(Reply(f"{quote.source}: {quote.text}", language), quote.place)
        detail["reason"] = "they do not know" if there else "there are none"
        if there and stages.own_memory == "off":
            return Looked(Reply(UNKNOWN[language], language))
        return Looked(mark=there and stages.own_memory == "marked")
