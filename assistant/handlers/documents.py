"""The user's documents, by voice: which there are, and what they say.

Open questions need no function: they go to the documents by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Protocol

from assistant.handlers.contract import ByLanguage, Family, Listed, Request, function
from assistant.stages import Library, Quote
from assistant.types import Reply
from assistant.worker import Worker

_NAMED = 5  # documents that are named aloud
_LONGEST_NAME = 8  # words by which a document can be called

Document = Annotated[str, Listed("document")]
Topic = Annotated[str, 12]


class Titles(Protocol):
    """What documents there are, at no cost."""

    def titles(self) -> Sequence[str]: ...
    def on_change(self, listener: Callable[[], object]) -> None: ...


class Documents(Family):
    name = "documents"
    topic: ClassVar[ByLanguage] = {
        "en": "[(my|the)] (document search|manuals|own documents)",
        "es": "[(mis|los)] (manuales|documentos propios|búsqueda de documentos)",
    }
    rules: ClassVar[Mapping[str, ByLanguage]] = {
        "en": {"my": "[(the|my|our|that)]", "about": "(about|on|of|regarding|concerning)"},
        "es": {
            "my": "[(el|la|mi|los|las|nuestro|nuestra)]",
            "about": "(sobre|de|del|de la|de los|de las|acerca de|acerca del|respecto a)",
            "search": "(busca|buscar|buscá|busque|mira|mirar|mirá|mire|consulta|consultar"
            "|consultá|consulte)",
        },
    }

    def __init__(self) -> None:
        self._library: Worker[Library] | None = None
        self._titles: Titles | None = None

    def use(self, library: Worker[Library], titles: Titles) -> None:
        """Told, when the assistant is put together, where the documents are."""
        self._library, self._titles = library, titles
        titles.on_change(self._told)

    def _told(self) -> None:
        self.changed()  # the one of the registry, which may come later than `use`

    def unavailable(self) -> ByLanguage | None:
        if self._titles is not None and self._titles.titles():
            return None
        return {
            "en": "There are no documents yet. Add some with: assistant docs add.",
            "es": "Todavía no hay documentos. Añádelos con: assistant docs add.",
        }

    def listed(self, name: str, language: str) -> Mapping[str, Any]:
        """The documents, as one calls them."""
        titles = self._titles.titles() if self._titles is not None else ()
        called = ((_called(title), title) for title in titles)
        return {name: title for name, title in called if name}

    @function(
        en=[
            "(what|which) documents (do you have|do you know|have you got|are there|have you read)",
            "(what|which) documents can (you|i) (search|read|look in|ask)",
            "(list|tell me|name) (my|the|your|all my) documents",
            "how many documents (do you have|are there|do you know)",
        ],
        es=[
            "(qué|cuáles) documentos (tienes|tenés|tiene|hay|conoces|conocés|has leído|leíste)",
            "(en qué|qué) documentos (puedes|podés|puede) (buscar|leer|mirar|consultar)",
            "(enumera|lista|dime|decime|nombra|enumerar) (mis|los|tus|todos mis) documentos",
            "cuántos documentos (tienes|tenés|tiene|hay|conoces)",
        ],
        help={"en": "which documents do you have", "es": "qué documentos tienes"},
        ahead=True,
    )
    def which(self, request: Request) -> Reply:
        assert self._titles is not None
        titles = list(self._titles.titles())
        names = titles[:_NAMED]
        if len(titles) == 1:
            return request.say("I have one: {name}.", "Tengo uno: {name}.", name=names[0])
        if len(titles) <= _NAMED:
            return request.say(
                "I have {n}: {names}.", "Tengo {n}: {names}.", n=len(titles), names=names
            )
        return request.say(
            "I have {n}, {names} among them.",
            "Tengo {n}, entre ellos {names}.",
            n=len(titles),
            names=names,
        )

    @function(
        en=[
            "(search|look through|search through|look in|check|ask|consult) (my|the|our)"
            " (documents|manuals) (for|about) {about}",
            "what do (my|the|our) (documents|manuals) (say|tell) [me] [<about>] {about}",
            "what is (said|written) in (my|the) (documents|manuals) <about> {about}",
        ],
        es=[
            "<search> en (mis|los|nuestros) (documentos|manuales) {about}",
            "qué (dicen|cuentan|pone en) (mis|los|nuestros) (documentos|manuales) <about> {about}",
        ],
        help={
            "en": "search my documents for the warranty",
            "es": "busca en mis documentos la garantía",
        },
        ahead=True,
    )
    def search(self, request: Request, about: Topic) -> Reply:
        found = self._asked(lambda library: library.search(about, request.language))
        if not found:
            raise request.error(
                "I find nothing about that in your documents.",
                "No encuentro nada de eso en tus documentos.",
            )
        others = list(dict.fromkeys(quote.source for quote in found[1:]))
        others = [source for source in others if source != found[0].source]
        if not others:
            return _read(request, found[0])
        return request.say(
            "{source}: {text} There is more: {others}.",
            "{source}: {text} Hay más: {others}.",
            source=found[0].source,
            text=found[0].text,
            others=[source[:1].lower() + source[1:] for source in others],
        )

    @function(
        en=[
            "what does <my> {document} (say|tell) [(me|us)] [<about>] {about}",
            "(look in|look up in|check|ask|consult|search) <my> {document} (for|about) {about}",
            "(according to|in) <my> {document} {about}",
        ],
        es=[
            "qué (dice|cuenta|pone en|pone) <my> {document} <about> {about}",
            "<search> [en] <my> {document} [(por|sobre)] {about}",
            "según <my> {document} {about}",
        ],
        ahead=True,
    )
    def ask(self, request: Request, document: Document, about: Topic) -> Reply:
        quote = self._asked(lambda library: library.answer(about, request.language, title=document))
        if quote is None:
            raise request.error(
                "I find nothing about that in {title}.",
                "No encuentro nada de eso en {title}.",
                title=document,
            )
        return _read(request, quote)

    def _asked(self, call: Callable[[Library], Any]) -> Any:
        assert self._library is not None
        return self._library.ask(call)


def _read(request: Request, quote: Quote) -> Reply:
    """What a document says is a value of the reply, never a part of its form."""
    return request.say("{source}: {text}", source=quote.source, text=quote.text)


def _called(title: str) -> str:
    """A title as it is said: words only, without the sign of a template."""
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)?", title.lower())
    return " ".join(words[:_LONGEST_NAME])
