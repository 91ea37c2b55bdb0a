"""What the user teaches: "that means turn on the fan", "when I say movie time, do ...".

How such a sentence is taken apart, and whether each step is understood, is found by the dialogue
(`dialogue.lessons`), which calls these functions with what it has found.
"""

from __future__ import annotations

from assistant import spoken
from assistant.handlers.contract import Family, Request, function
from assistant.handlers.own.taught_store import TaughtStore
from assistant.types import Reply

_PROBLEMS = {
    "answer": (
        "I need “{phrase}” for something else. Please choose another phrase.",
        "Necesito «{phrase}» para otra cosa. Elige otra frase, por favor.",
    ),
    "nothing": (
        "What do you mean by that? Say, for example: when I say movie time, turn it up.",
        "¿Qué quieres decir con eso? Di, por ejemplo: cuando diga hora del cine, sube el volumen.",
    ),
    "unclear": (
        "I do not understand what to do: {meaning}.",
        "No entiendo qué hay que hacer: {meaning}.",
    ),
}


class Taught(Family):
    name = "taught"

    def __init__(self, store: TaughtStore) -> None:
        self.store = store

    @function(
        en=[
            "(when|whenever|if|every time) i say {phrase} (do|then|it means|that means|i mean"
            "|i want you to|you should) {meaning}",
            "(that|this|it) means {meaning}",
        ],
        es=[
            "(cuando|si|cada vez que) [(yo|te)] (diga|digo) {phrase} (haz|entonces|significa"
            "|quiere decir|quiero que|quiero decir) {meaning}",
            "(eso|esto) (significa|quiere decir) {meaning}",
        ],
        help={
            "en": "when I say movie time, do turn it up",
            "es": "cuando diga hora del cine, haz sube el volumen",
        },
    )
    def learn(
        self,
        request: Request,
        meaning: str,
        phrase: str = "",
        problem: str = "unclear",
    ) -> Reply:
        if problem:
            raise request.error(*_PROBLEMS[problem], phrase=phrase, meaning=meaning)
        return self._learn(request, phrase, meaning)

    @function(
        en=["(change|replace) what {phrase} means (to|with|by) {meaning}"],
        es=["cambia lo que significa {phrase} (por|a) {meaning}"],
        dangerous=True,
        confirm={
            "en": "I know “{phrase}” already. Shall I change what it means?",
            "es": "Ya conozco «{phrase}». ¿Cambio lo que significa?",
        },
    )
    def replace(
        self, request: Request, phrase: str, meaning: str, problem: str = "unclear"
    ) -> Reply:
        if problem:
            raise request.error(*_PROBLEMS[problem], phrase=phrase, meaning=meaning)
        return self._learn(request, phrase, meaning)

    def _learn(self, request: Request, phrase: str, meaning: str) -> Reply:
        before = self.store.keep(phrase, request.language, [meaning])

        def undo() -> str:
            if before is None:
                self.store.forget(phrase, request.language)
            else:
                self.store.keep(phrase, request.language, before.steps)
            return f"{phrase}."

        return request.say(
            "I will remember: “{phrase}” means {meaning}.",
            "Lo recordaré: «{phrase}» significa {meaning}.",
            undo=undo,
            phrase=phrase,
            meaning=meaning,
        )

    @function(
        en=[
            "what (have i taught|did i teach) you",
            "(list|show me|tell me|read|what are) (my|the|your) (routines|taught phrases|phrases)"
            " [(i taught you|that i taught you)]",
            "(what|which) (routines|phrases) (do i have|do you know|have you learned|are there)",
        ],
        es=[
            "qué [(frases|rutinas|cosas)] te he enseñado",
            "(lista|dime|enséñame|muéstrame|cuáles son) (mis|las) (rutinas|frases aprendidas)",
            "qué (rutinas|frases) (tengo|conoces|hay|has aprendido)",
        ],
        help={"en": "what have I taught you", "es": "qué te he enseñado"},
        ahead=True,
    )
    def listing(self, request: Request) -> Reply:
        lessons = self.store.lessons()
        if not lessons:
            return request.say("You have not taught me anything.", "No me has enseñado nada.")
        mine = [each.phrase for each in lessons if each.language == request.language]
        others = len(lessons) - len(mine)
        if not mine:
            return request.say(
                "{n} phrases, in another language.", "{n} frases, en otro idioma.", n=others
            )
        return request.say("You taught me: {mine}.", "Me has enseñado: {mine}.", mine=mine)

    @function(
        en=[
            "what (does|is) [the] (phrase|routine) {phrase} [(mean|do)]",
            "what (happens|do you do) when i say {phrase}",
        ],
        es=[
            "qué (significa|hace) la (frase|rutina) {phrase}",
            "qué (pasa|haces) cuando digo {phrase}",
        ],
        ahead=True,
    )
    def explain(self, request: Request, phrase: str) -> Reply:
        lesson = self.store.find(phrase, request.language)
        if lesson is None:
            raise self._unknown(request, phrase)
        return request.say(
            "“{phrase}” means {steps}.",
            "«{phrase}» significa {steps}.",
            phrase=lesson.phrase,
            steps=list(lesson.steps),
        )

    @function(
        en=[
            "(forget|delete|remove|unlearn) (the|my) (phrase|routine) {phrase}",
            "(forget|delete|remove) the {phrase} (routine|phrase)",
            "(forget|unlearn) what {phrase} means",
        ],
        es=[
            "(olvida|olvide|olvidar|borra|borrar|elimina|quita) (la|mi) (frase|rutina) {phrase}",
            "(olvida|olvide|olvidar) lo (de|que significa) {phrase}",
        ],
        help={"en": "forget the phrase movie time", "es": "olvida la frase hora del cine"},
    )
    def forget(self, request: Request, phrase: str) -> Reply:
        lesson = self.store.find(phrase, request.language)
        if lesson is None:
            raise self._unknown(request, phrase)
        if lesson.file is not None:
            raise request.error(
                "“{phrase}” is in the file {name}. Delete it there.",
                "«{phrase}» está en el fichero {name}. Bórralo allí.",
                phrase=lesson.phrase,
                name=lesson.file.name,
            )
        self.store.forget(phrase, request.language)

        def undo() -> str:
            self.store.keep(lesson.phrase, lesson.language, lesson.steps)
            return f"{lesson.phrase}."

        return request.say(
            "I have forgotten “{phrase}”.",
            "He olvidado «{phrase}».",
            undo=undo,
            phrase=lesson.phrase,
        )

    @function(
        en=["(forget|delete|unlearn) (everything|all) [that] i [have] taught you"],
        es=["(olvida|olvidar|borra) todo lo que te (he enseñado|enseñé)"],
        dangerous=True,
        confirm={
            "en": "Shall I forget everything that you taught me?",
            "es": "¿Olvido todo lo que me has enseñado?",
        },
    )
    def forget_all(self, request: Request) -> Reply:
        before = self.store.forget_all()
        phrases = ("frase", "frases") if request.language == "es" else ("phrase", "phrases")
        count = spoken.count(len(before), *phrases, request.language, feminine=True)

        def undo() -> str:
            self.store.replace_all(before)
            return f"{count}."

        return request.say(
            "I have forgotten {count}.", "He olvidado {count}.", undo=undo, count=count
        )

    def _unknown(self, request: Request, phrase: str) -> Exception:
        return request.error(
            "You have not taught me “{phrase}”.", "No me has enseñado «{phrase}».", phrase=phrase
        )
