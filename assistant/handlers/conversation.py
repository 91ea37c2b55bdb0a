"""Talk about what was just done: undo it, do it again, why it was done.

What these sentences refer to is found by the dialogue, which then undoes or repeats it. The
functions are called when there is nothing that they could refer to, and say so.
"""

from __future__ import annotations

from collections.abc import Callable

from assistant.handlers.contract import Family, Request, function
from assistant.origins import told
from assistant.types import Reply

_STAGES = {
    "en": {
        "templates": "it is a sentence that I know",
        "asides": "a part of it is a sentence that I know, and the rest told why",
        "by sound": "it sounds like a sentence that I know",
        "by ear": "of the sentences that I know, it sounded most like this one",
        "nearest": "it means nearly the same as a sentence that I know",
        "dialogue": "it followed from what we had said before",
        "taught": "you taught me that",
        "model": "the language model took it for that",
    },
    "es": {
        "templates": "es una frase que conozco",
        "asides": "una parte es una frase que conozco, y lo demás decía por qué",
        "by sound": "suena como una frase que conozco",
        "by ear": "de las frases que conozco, es a la que más sonaba",
        "nearest": "significa casi lo mismo que una frase que conozco",
        "dialogue": "se seguía de lo que habíamos dicho antes",
        "taught": "me lo enseñaste tú",
        "model": "el modelo de lenguaje lo entendió así",
    },
}


class Conversation(Family):
    """example: of the name of a function and a language, what one says to have it."""

    name = "conversation"

    def __init__(self, example: Callable[[str, str], str]) -> None:
        self._example = example

    @function(
        en=[
            "undo [(that|it|this|the last (one|thing|command|action|change)|what you [just] did)]",
            "(take (that|it) back|take back (that|the last (one|thing|command)))",
            "(revert|reverse) [(that|it|the last (one|thing|command|action|change))]",
            "(change|put|set|turn) (it|that) back [(to what it was|as it was|how it was)]",
        ],
        es=[
            "(deshaz|deshacer|deshaga|deshace|deshacé|revierte|revertir)"
            " [(eso|esto|lo último|el último cambio|la última acción|lo que has hecho)]",
            "(deshazlo|deshacelo|deshágalo|reviértelo)",
            "(vuelve|volvé|vuelva) atrás",
            "(déjalo|déjala|ponlo|ponla) (como estaba|como antes)",
        ],
        help={"en": "undo that", "es": "deshazlo"},
    )
    def undo(self, request: Request) -> Reply:
        return request.say("There is nothing to undo.", "No hay nada que deshacer.")

    @function(
        en=["(cancel (that|it|this)|scratch that|cancel what i [just] said)"],
        es=["(cancela|cancelar|cancele|cancelá) (eso|esto)", "(cancélalo|cancelalo|cancélelo)"],
        help={"en": "cancel that", "es": "cancélalo"},
    )
    def cancel_that(self, request: Request) -> Reply:
        return Reply("", request.language, stop_speaking=True)

    @function(
        en=[
            "do (that|it|this) [(once more|one more time)] again",
            "do (that|it|this) (once more|one more time)",
            "(the same|same thing) [once] (again|once more)",
            "repeat (the|my|that) [last] (command|action|request)",
        ],
        es=[
            "(hazlo|haz eso|hágalo|hacelo) (otra vez|de nuevo|una vez más)",
            "vuelve a hacerlo",
            "lo mismo (otra vez|de nuevo|una vez más)",
            "(repite|repetir) (la|mi) [última] (orden|acción|petición)",
        ],
        help={"en": "do that again", "es": "hazlo otra vez"},
    )
    def again(self, request: Request) -> Reply:
        return request.say(
            "There is nothing that I could do again.", "No hay nada que pueda hacer otra vez."
        )

    @function(
        en=["[no] [(i (meant|mean|want)|not (this|that) one)] the other [one]"],
        es=["[no] [(me refería|quería decir|quiero|ese no|esa no)] [a] (el|la|lo|al) (otro|otra)"],
    )
    def other(self, request: Request) -> Reply:
        return request.say("I do not know which one you mean.", "No sé a cuál te refieres.")

    @function(
        en=[
            "why did you (do|say) (that|it|this)",
            "why did you do what you [just] did",
            "what made you (do|say) (that|it|this)",
            "(what did you [just] (do|hear|understand)|what have you [just] done)",
            "why (is|was) that",
        ],
        es=[
            "por qué (has hecho|hiciste|hizo|has dicho|dijiste) (eso|esto)",
            "por qué lo (has hecho|hiciste|hizo|has dicho|dijiste)",
            "qué (has hecho|hiciste|acabas de hacer|has entendido|entendiste)",
            "a qué (ha venido|vino|viene) eso",
        ],
        help={"en": "why did you do that", "es": "por qué has hecho eso"},
        ahead=True,
    )
    def why(self, request: Request) -> Reply:
        if request.past is None:
            return request.say("I have not done anything.", "No he hecho nada.")
        past = request.past
        if past.origin is not None:
            return request.say("{told}", told=told(past.origin, request.language))
        table = _STAGES["es" if request.language == "es" else "en"]
        reasons = {intent.stage: table.get(intent.stage, intent.stage) for intent in past.intents}
        return request.say(
            "I heard: {text}. I took it for {functions}, because {why}.",
            "Entendí: {text}. Lo tomé por {functions}, porque {why}.",
            text=past.text.strip(" .?!¿¡"),
            functions=[f"“{self._named(i.function, request.language)}”" for i in past.intents],
            why=list(reasons.values()),
        )

    @function(
        en=[
            "how do you know [(that|this|it|so)]",
            "(where|who) (did you (get|hear|read|learn|find) (that|this|it)|told you (that|this|so"
            "|it)|does that come from) [from]",
            "(what is|what was|tell me|name) your source [(for|of) (that|this)]",
            "(are you sure|are you certain|is that (true|right|correct|certain))"
            " [(about|of) (that|this|it)]",
        ],
        es=[
            "(cómo|de dónde) (lo|la) (sabes|sacas|has sacado|sacaste)",
            "cómo (sabes|sabés) (eso|esto)",
            "de dónde (sacas|has sacado|sacaste|viene|sale) (eso|esto)",
            "quién te [lo] (ha dicho|dijo) [(eso|esto)]",
            "(cuál es|cuál fue|dime) [(tu|la)] fuente [de eso]",
            "[estás] (seguro|segura) [de (eso|ello)]",
            "(es verdad|es cierto|es correcto) [(eso|esto)]",
            "eso es (verdad|cierto|correcto)",
        ],
        help={"en": "how do you know that", "es": "cómo sabes eso"},
        ahead=True,
    )
    def source(self, request: Request) -> Reply:
        if request.past is None:
            return request.say("I have not said anything.", "No he dicho nada.")
        if request.past.origin is not None:
            return request.say(
                "{told}", told=told(request.past.origin, request.language, why=False)
            )
        return request.say(
            "I looked here, on this device, with {functions}.",
            "Lo he mirado aquí, en este aparato, con {functions}.",
            functions=[
                f"“{self._named(intent.function, request.language)}”"
                for intent in request.past.intents
            ],
        )

    def _named(self, function: str, language: str) -> str:
        """An example of it, or its name in words."""
        words = function.replace(".", " ").replace("_", " ")
        return self._example(function, language) or " ".join(words.split())
