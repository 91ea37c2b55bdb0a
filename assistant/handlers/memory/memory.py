"""Memory: what the user said should be remembered, and nothing else."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Annotated, ClassVar

from assistant.errors import AssistantError, FunctionError
from assistant.handlers.contract import ByLanguage, Request, function
from assistant.handlers.memory import recalling
from assistant.handlers.memory.store import Memory as Told, MemoryStore
from assistant.handlers.memory.user_name import UserName
from assistant.handlers.timekeeping.due_words import turned
from assistant.handlers.wording import verbatim
from assistant.stages import Known
from assistant.types import Origin, Reply

Text = Annotated[str, 60]
About = Annotated[str, 10]
MOST = 500
"""Things that are kept: each is compared with each question."""
_FEW = 4
"""Things that are read out at once."""

_VERB = {
    "en": re.compile(r"^.*?\b(?:remember|memori[sz]e|keep in mind|do not forget|don['’]t forget)\b"
                     r"(?: for me)?(?: that| this)?[,:]?\s+", re.IGNORECASE),
    "es": re.compile(r"^.*?\b(?:recuerda|recuerde|recordá|acuérdate|acordate|acuérdese|memoriza"
                     r"|memorice|ten en cuenta|no olvides|no te olvides)\b(?: esto)?(?: de)?"
                     r"(?: que)?[,:]?\s+", re.IGNORECASE),
}  # fmt: skip


class Memory(UserName):
    name = "memory"
    topic: ClassVar[ByLanguage] = {"en": "your memory", "es": "tu memoria"}
    rules: ClassVar[dict[str, ByLanguage]] = {
        "en": {
            "keep": "(remember|memorize|memorise|keep in mind|do not forget)",
            "told": "(i told you|i have told you|you know|you remember|i said)",
        },
        "es": {
            "keep": "(recuerda|recuerde|recordá|memoriza|memorice|ten en cuenta|no olvides"
            "|acuérdate de|acordate de|acuérdese de|no te olvides de)",
            "told": "(te dije|te he dicho|sabes|recuerdas|te conté|te he contado)",
        },
    }

    def __init__(self, store: MemoryStore) -> None:
        self.store = store
        self.embed: recalling.Embed = lambda _texts, _language: None
        """Vectors of sentences, where there is a model for them."""

    def shred(self, which: Callable[[dt.datetime], bool]) -> int:
        return self.store.shred(which)

    def close(self) -> None:
        self.store.close()

    @function(
        en=[
            "<keep> (that|this) {text}",
            "<keep> (my|our|where|i|we) {text}",
            "<keep> (the|a|an|his|her|their) {subject} (is|are|was|were) {text}",
            "<keep> (that|this)",
        ],
        es=["<keep> que {text}", "<keep> (esto|eso) [que] {text}", "<keep> esto"],
        help={
            "en": "remember that the spare key is at the neighbour's",
            "es": "recuerda que la llave de repuesto está en casa del vecino",
        },
    )
    def remember(self, request: Request, text: Text = "", subject: About = "") -> Reply:
        """subject: a part of what was said, which is kept whole."""
        if not text:
            return request.ask("What shall I remember?", "¿Qué debo recordar?",
                               function="memory.remember", slot="text")  # fmt: skip
        if len(self.store.all()) >= MOST:
            raise request.error(
                "I remember too many things already. Tell me to forget some.",
                "Ya recuerdo demasiadas cosas. Dime que olvide algunas.",
            )
        kept = self.store.keep(Told(_said(text, request), request.now, request.language))
        return request.say(
            "I'll remember that {text}.",
            "Recordaré que {text}.",
            text=_turned(kept),
            undo=lambda: self.store.forget([kept]),
        )

    @function(
        en=[
            "what (do you|can you|did you) remember [(about me|from me|so far)]",
            "what did (i|we) (tell|ask) you to remember",
            "what have (i|we) (told|asked) you [(to remember|about me)]",
            "what do you know about me",
            "(list|read|show|tell me) [me] [everything] (what you remember|you remember"
            "|what i told you [to remember]|your memories|the things you remember)",
        ],
        es=[
            "qué (recuerdas|recordás|recuerda) [(de mí|sobre mí|de nosotros)]",
            "qué sabes (de|sobre) (mí|nosotros)",
            "qué te (dije|he dicho|pedí|he pedido) que (recordaras|recordases|recuerdes)",
            "(dime|lee|léeme|muestra|lista) [todo] (lo que recuerdas|lo que te he dicho que"
            " recuerdes|tus recuerdos)",
        ],
        help={"en": "what do you remember", "es": "qué recuerdas"},
        ahead=True,
    )
    def listing(self, request: Request) -> Reply:
        known = self.store.all()
        if not known:
            return request.say(
                "You have not told me anything to remember.",
                "No me has dicho que recuerde nada.",
            )
        told = [_turned(memory) for memory in known[:_FEW]]
        if len(known) > _FEW:
            return request.say(
                "You told me {n} things; the latest: {told}.",
                "Me dijiste {n} cosas; las últimas: {told}.", n=len(known), told="; ".join(told),
            )  # fmt: skip
        return request.say("You told me: {told}.", "Me dijiste: {told}.", told="; ".join(told))

    @function(
        en=[
            "what (do you|can you) remember (about|of|regarding) {about}",
            "what did i (tell|say to) you (about|regarding) {about}",
            "what have i told you (about|regarding) {about}",
            "do you remember (what i (told you|said) about|where|when|what|who) {about}",
            "what did i tell you to remember about {about}",
        ],
        es=[
            "qué (recuerdas|recordás|recuerda) (de|del|sobre|acerca de) {about}",
            "qué te (dije|he dicho|conté|he contado) (de|del|sobre|acerca de) {about}",
            "(recuerdas|te acuerdas de|recordás) (dónde|cuándo|qué|quién|lo que te dije de)"
            " {about}",
        ],
        help={
            "en": "what did I tell you about the spare key",
            "es": "qué te dije de la llave de repuesto",
        },
        ahead=True,
    )
    def recall(self, request: Request, about: About) -> Reply:
        found = self._about(about, request)
        if not found:
            return request.say("You told me nothing about that.", "No me dijiste nada de eso.")
        told = "; ".join(_turned(memory) for memory in found[:_FEW])
        return request.say("You told me: {told}.", "Me dijiste: {told}.", told=told)

    @function(
        en=[
            "forget (what|everything|all|the thing|that which) <told> about {about}",
            "forget (that|about the fact that) {about}",
            "forget (where|my) {about}",
            "(delete|remove|erase) (the|my|that) memory (about|of|that) {about}",
            "(delete|remove|erase) {about} from (your|the) memory",
        ],
        es=[
            "olvida (lo que|todo lo que) <told> (de|del|sobre|acerca de) {about}",
            "olvida que {about}",
            "(olvida|olvide|olvidá|olvídate de) (dónde|mi|mis) {about}",
            "(borra|elimina|quita) {about} de (tu|la) memoria",
        ],
        help={
            "en": "forget what I told you about the spare key",
            "es": "olvida lo que te dije de la llave de repuesto",
        },
    )
    def forget(self, request: Request, about: About) -> Reply:
        gone = self._about(about, request)
        if not gone:
            raise request.error(
                "You told me nothing about that.", "No me dijiste nada de eso."
            )  # fmt: skip
        return self._forgotten(request, gone)

    @function(
        en=[
            "forget (everything|all|all things|anything) [that] <told> [(to remember|about me)]",
            "forget everything [about me]",
            "forget it all",
            "(delete|erase|clear|wipe) [(all of|all)] (your memory|my memories|the memory|your"
            " memories)",
        ],
        es=[
            "olvida (todo|todo lo que) [(que|lo que)] <told> [(de|sobre) mí]",
            "olvida todo lo que te pedí que recordaras",
            "(borra|vacía|elimina) [toda] (tu|la) memoria",
            "(olvídalo|olvidalo|olvida|olvide) todo",
        ],
        help={"en": "forget everything I told you", "es": "olvida todo lo que te dije"},
        dangerous=True,
        confirm={
            "en": "Shall I forget everything you told me?",
            "es": "¿Olvido todo lo que me dijiste?",
        },
    )
    def forget_all(self, request: Request) -> Reply:
        try:
            gone = self.store.all()
        except FunctionError:  # its key is gone, or locked away: it is forgotten all the same
            self.store.erase_all()
            return request.say(
                "I have forgotten everything. I could not read it, so it cannot be brought back.",
                "He olvidado todo. No podía leerlo, así que no se puede recuperar.",
            )
        if not gone:
            return request.say("There is nothing to forget.", "No hay nada que olvidar.")
        reply = self._forgotten(request, gone)
        self.store.erase_all()  # what is damaged, too
        return reply

    def known(self, question: str, language: str) -> Known | None:
        """What was told that answers a question; None when nothing does, or it cannot be read."""
        try:
            memories = self.store.all()
        except AssistantError:  # it is told when the user asks for it by its own sentences
            return None
        mine = [memory for memory in memories if memory.language == language]
        texts = [memory.text for memory in mine]
        found = recalling.best(question, texts, language, self.embed)
        if found is None:
            return None
        says = "Me dijiste" if language == "es" else "You told me"
        return Known(f"{says}: {_turned(mine[found])}.", Origin("memory"))

    def _about(self, about: str, request: Request) -> list[Told]:
        memories = self.store.all()
        texts = [memory.text for memory in memories]
        return [memories[i] for i in recalling.about(about, texts, request.language)]

    def _forgotten(self, request: Request, gone: Sequence[Told]) -> Reply:
        self.store.forget(gone)
        undo: Callable[[], object] = lambda: [self.store.keep(memory) for memory in gone]  # noqa: E731
        if len(gone) > 1:
            return request.say(
                "I have forgotten {n} things. Say undo to get them back.",
                "He olvidado {n} cosas. Di deshacer para recuperarlas.", undo=undo, n=len(gone),
            )  # fmt: skip
        return request.say(
            "Forgotten: {told}.", "Olvidado: {told}.", undo=undo, told=_turned(gone[0])
        )


def _said(text: str, request: Request) -> str:
    """What follows the verb, as it was said: "I parked here" of "remember I parked here"."""
    whole = _VERB[request.language].sub("", request.text, count=1) if request.text else ""
    said = verbatim(text, request.text)
    kept = whole if said and _letters(whole).endswith(_letters(said)) else said
    return kept.strip().rstrip(" .!?")


def _letters(text: str) -> str:
    """For comparing: "hunter2" is understood as "hunter 2"."""
    return "".join(filter(str.isalnum, text.lower()))


def _turned(memory: Told) -> str:
    return turned(memory.text, memory.language)
