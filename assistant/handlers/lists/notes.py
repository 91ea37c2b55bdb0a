"""Notes: what the user wants written down, read back and found again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Annotated, ClassVar

from assistant import spoken
from assistant.handlers.contract import ByLanguage, Family, Request, function
from assistant.handlers.lists.notebook import Note, Notebook
from assistant.handlers.timekeeping.due_words import turned
from assistant.handlers.wording import verbatim
from assistant.types import Reply

Text = Annotated[str, 80]
About = Annotated[str, 8]
_FEW = 3
"""Notes that are read out at once."""


class Notes(Family):
    name = "notes"
    topic: ClassVar[ByLanguage] = {
        "en": "[(my|the|a)] (note|notes)",
        "es": "[(las|mis|una)] (nota|notas)",
    }
    rules: ClassVar[Mapping[str, ByLanguage]] = {
        "en": {
            "take": "(take|make|write|create|add|save|leave|start|record)",
            "my": "[(my|the|a|any|all|all of|all my|all of my|that|all the)]",
            "read": "(read|read me|read out|show|show me|tell me|give me|what is|what was|repeat)",
            "about": "(about|on|with|regarding|mentioning|that mentions|for|of|saying|called)",
            "delete": "(delete|remove|erase|throw away|get rid of|discard|cancel)",
        },
        "es": {
            "take": "(toma|tome|tomá|tomar|haz|hazme|escribe|escribir|crea|crear|añade|guarda"
            "|guardar|deja|apunta|apuntar)",
            "my": "[(mi|la|una|mis|las|todas mis|todas las|esa|alguna)]",
            "read": "(lee|léeme|lea|leer|leeme|dime|muestra|muéstrame|enséñame|cuál es|cuál era"
            "|repite)",
            "about": "(sobre|de|del|con|acerca de|que habla de|para)",
            "delete": "(borra|borre|borrar|elimina|elimine|eliminar|quita|descarta|tira)",
        },
    }

    def __init__(self, book: Notebook) -> None:
        self.book = book

    def shred(self, which: Callable[[dt.datetime], bool]) -> int:
        return self.book.shred_notes(which)

    def close(self) -> None:
        self.book.close()

    @function(
        en=[
            "<take> [me] (a|another|this) note [(that|to|saying|about|of|which says)] {text}",
            "<take> note that {text}",
            "note (that|to self|down that|down) {text}",
            "(write|jot|note|put) (this|that|it) down {text}",
            "(write|jot) down [that] {text}",
            "<take> [me] (a|another|this) note [for me]",
            "(write|jot|note) (this|that|something) down",
            "new note",
        ],
        es=[
            "<take> [(una|otra|esta)] nota [(que|de que|de|sobre|que diga|para)] {text}",
            "(apunta|apúntame|apunte|anota|anótame|anote|anotá) [esto] [que] {text}",
            "<take> [(una|otra)] nota",
            "(apunta|anota) (esto|algo)",
            "[nueva] nota nueva",
        ],
        help={"en": "take a note: the key is under the mat", "es": "toma nota: la llave está ahí"},
    )
    def take(self, request: Request, text: Text = "") -> Reply:
        if not text:
            return request.ask("What shall I write?", "¿Qué escribo?", function="notes.take",
                               slot="text")  # fmt: skip
        note = Note(_whole(verbatim(text, request.text), request), request.now, request.language)
        written = self.book.write(note)
        return request.say("Noted.", "Apuntado.", undo=lambda: self.book.erase([written]))

    @function(
        en=[
            "<read> <my> (last|latest|most recent|newest|previous) note",
            "(what did i|what have i) (note|noted|write|written) down [last]",
            "what does <my> (last|latest) note say",
            "(read|read me) (my|the|a|that|this) note [back] [to me]",
        ],
        es=[
            "<read> <my> última nota",
            "qué (apunté|anoté|he apuntado|he anotado) [lo último]",
            "qué dice <my> última nota",
            "<read> (mi|la|esa|una) nota",
        ],
        help={"en": "read my last note", "es": "lee mi última nota"},
        ahead=True,
    )
    def last(self, request: Request) -> Reply:
        notes = self.book.notes()
        if not notes:
            return request.say("There is no note.", "No hay ninguna nota.")
        return request.say("{note}", note=_told(notes[0], request))

    @function(
        en=[
            "(read|show|list|tell me|give me|open|go through|what are) [me] <my> notes",
            "how many notes (do i have|are there|have i got)",
            "(do i have|are there|have i got) any notes",
            "my notes",
        ],
        es=[
            "(lee|léeme|muestra|muéstrame|lista|dime|abre|enséñame|cuáles son) <my> notas",
            "(cuántas|qué) notas (tengo|hay)",
            "(tengo|hay) [(alguna|algunas)] (nota|notas)",
            "mis notas",
        ],
        help={"en": "read my notes", "es": "lee mis notas"},
        ahead=True,
    )
    def listing(self, request: Request) -> Reply:
        return self._several(request, self.book.notes())

    @function(
        en=[
            "(find|search|look up|look for|show|show me|read|read me|open|get) <my> (note|notes)"
            " <about> {about}",
            "(search|look) [(in|through)] <my> notes for {about}",
            "(what did i|what have i) (note|noted|write|written) [down] about {about}",
            "(read|read me|tell me|show me) what i (noted|wrote|have noted|have written) [down]"
            " (about|on) {about}",
            "(do i have|is there|are there|did i take) <my> (note|notes) <about> {about}",
            "what does my note about {about} say",
        ],
        es=[
            "(busca|buscar|encuentra|encontrar|muestra|muéstrame|lee|léeme|abre) <my> (nota|notas)"
            " <about> {about}",
            "busca {about} en mis notas",
            "[(lee|léeme|dime|muéstrame|leeme)] (lo que|qué) (apunté|anoté|he apuntado|he anotado"
            "|escribí) (sobre|de|del) {about}",
            "(tengo|hay) (alguna|una) nota <about> {about}",
        ],
        help={"en": "find my note about the plumber", "es": "busca la nota sobre el fontanero"},
        ahead=True,
    )
    def find(self, request: Request, about: About) -> Reply:
        found = self.book.find(verbatim(about, request.text))
        if not found:
            return request.say("There is no note about {about}.",
                               "No hay ninguna nota sobre {about}.",
                               about=about)  # fmt: skip
        return self._several(request, found)

    @function(
        en=[
            "<delete> <my> [(last|latest|most recent)] note",
            "<delete> <my> note <about> {about}",
            "<delete> (all|all of|all my|all of my|every|all the) (notes|note)",
            "<delete> my notes",
        ],
        es=[
            "<delete> <my> [última] nota",
            "<delete> <my> nota <about> {about}",
            "<delete> (todas mis|todas las|mis) notas",
        ],
        help={"en": "delete my last note", "es": "borra mi última nota"},
    )
    def delete(self, request: Request, about: About = "") -> Reply:
        if about:
            gone = self.book.find(verbatim(about, request.text))[:1]
        else:
            gone = self.book.notes()
            if not _means_all(request):
                gone = gone[:1]
        if not gone and not about:
            raise request.error("You have no notes.", "No tienes notas.")
        if not gone:
            raise request.error("There is no such note.", "No hay ninguna nota así.")
        self.book.erase(gone)
        undo: Callable[[], object] = lambda: [self.book.write(note) for note in gone]  # noqa: E731
        if len(gone) > 1:
            return request.say(
                "{n} notes are deleted. Say undo to get them back.",
                "He borrado {n} notas. Di deshacer para recuperarlas.", undo=undo, n=len(gone),
            )  # fmt: skip
        return request.say("I deleted the note: {note}.", "He borrado la nota: {note}.", undo=undo,
                           note=_text(gone[0]))  # fmt: skip

    def _several(self, request: Request, notes: list[Note]) -> Reply:
        if not notes:
            return request.say("There is no note.", "No hay ninguna nota.")
        told = " ".join(_told(note, request) for note in notes[:_FEW])
        if len(notes) == 1:
            return request.say("{notes}", notes=told)
        if len(notes) <= _FEW:
            return request.say("{n} notes. {notes}", "{n} notas. {notes}", n=len(notes), notes=told)
        return request.say("{n} notes; the first: {notes}", "{n} notas; las primeras: {notes}",
                           n=len(notes), notes=told)  # fmt: skip


def _told(note: Note, request: Request) -> str:
    """ "Noted today: the key is under the mat."."""
    written = note.written.astimezone(request.now.tzinfo)
    days = (request.now.date() - written.date()).days
    if days == 0:
        day = request.pick("today", "hoy")
    elif days == 1:
        day = request.pick("yesterday", "ayer")
    else:
        date = spoken.date(written, request.language, with_year=written.year != request.now.year)
        day = request.pick(f"on {date}", f"el {date}")
    return request.pick(f"Noted {day}: {_text(note)}.", f"Apuntado {day}: {_text(note)}.")


def _whole(text: str, request: Request) -> str:
    """With the article before it: an answer to a question is understood without."""
    before = rf"\b(?:el|la|los|las|un|una|mi|lo|the|a|an|my)\s+(?={re.escape(text)}\W*$)"
    found = re.search(before, request.text, re.IGNORECASE)
    return request.text[found.start() :].rstrip(" .!?") if found else text


def _text(note: Note) -> str:
    """As it is said back to whoever wrote it."""
    return turned(note.text, note.language).rstrip(".")


def _means_all(request: Request) -> bool:
    words = request.text.lower().split()
    return any(word in ("all", "every", "notes", "todas", "notas") for word in words)
