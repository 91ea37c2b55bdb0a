"""How the assistant speaks: slower, faster, letter by letter, in another language."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, ClassVar, Protocol

from assistant.handlers.contract import ByLanguage, Family, Request, function
from assistant.types import Reply

_STEP = 1.2
_MOST_SPELLED = 40  # letters
_LANGUAGES = {
    "en": {"en": "English", "es": "inglés"},
    "es": {"en": "Spanish", "es": "español"},
}
Language = Annotated[
    str,
    {
        "(english|inglés|anglais)": "en",
        "(spanish|español|castellano)": "es",
        "(french|german|italian|portuguese|chinese|mandarin|japanese|russian|arabic|hindi|korean"
        "|dutch|polish|turkish|greek|hebrew|swedish)": "another",
        "(francés|alemán|italiano|portugués|chino|mandarín|japonés|ruso|árabe|coreano|holandés"
        "|polaco|turco|griego|catalán|gallego|vasco|euskera)": "another",
    },
]
_ACCENTS = {
    "́": ("acute", "con acento"),
    "̈": ("with two dots", "con diéresis"),
    "̃": ("with a tilde", ""),
    "̧": ("cedilla", "cedilla"),
    "̀": ("grave", "con acento grave"),
}


class Manner(Protocol):
    """How it speaks; see `assistant.manner`."""

    pace: float
    usual_pace: float

    @property
    def languages(self) -> Sequence[str]: ...

    def set_pace(self, pace: float) -> float: ...

    def switch(self, language: str) -> str: ...


class Speech(Family):
    name = "speech"
    topic: ClassVar[ByLanguage] = {
        "en": "[the|your] (voice|speech)",
        "es": "[la|tu] (voz|forma de hablar)",
    }
    rules: ClassVar[Mapping[str, ByLanguage]] = {
        "en": {
            "speak": "(speak|talk)",
            "slower": "[(a bit|a little|a little bit|much)] (slower|more slowly|slowly|less fast)",
            "faster": "[(a bit|a little|a little bit|much)] (faster|more quickly|quicker"
            "|less slowly)",
            "way": "(your (speech|talking|speaking|voice)|the way you (talk|speak))",
            "rate": "(your|the) [(talking|speaking|speech|voice)] (speed|rate|pace) [(of speech"
            "|of talking|of speaking|at which you (talk|speak)|you (talk|speak) at|of your (speech"
            "|voice))]",
        },
        "es": {
            "speak": "(habla|hable|hablá|hablar|háblame|hables)",
            "slower": "[(un poco|un poquito|mucho)] (más (despacio|lento|lentamente)|menos rápido)",
            "faster": "[(un poco|un poquito|mucho)] (más (rápido|deprisa|rápidamente)"
            "|menos (lento|despacio))",
        },
    }
    manner: Manner | None = None
    """Set once there are voices."""

    @function(
        en=[
            "<speak> <slower>",
            "you (speak|talk|are speaking|are talking) [(way|much)] too (fast|quickly)",
            "(not so fast|too fast|do not (speak|talk) so (fast|quickly)|(slow down|slow it"
            " down) [(a bit|a little)])",
            "((slow|slow down) <way>|(slow|slow down|reduce|decrease|lower) <rate>)",
        ],
        es=[
            "<speak> <slower>",
            "hablas (muy|demasiado) (rápido|deprisa)",
            "no (tan|hables tan) (rápido|deprisa)",
            "(reduce|baja|disminuye) (la|tu) velocidad [(de la voz|al hablar|a la que hablas"
            "|de voz)]",
        ],
        help={"en": "speak slower", "es": "habla más despacio"},
    )
    def slower(self, request: Request) -> Reply:
        return self._pace(request, lambda pace: pace / _STEP)

    @function(
        en=[
            "<speak> <faster>",
            "you (speak|talk|are speaking|are talking) [(way|much)] too (slow|slowly)",
            "(not so slow|do not (speak|talk) so (slow|slowly))",
            "((speed up|quicken) <way>|(speed up|increase|raise|quicken) <rate>)",
        ],
        es=[
            "<speak> <faster>",
            "hablas (muy|demasiado) (lento|despacio)",
            "no (tan|hables tan) (lento|despacio)",
            "(aumenta|sube|incrementa) (la|tu) velocidad [(de la voz|al hablar|a la que hablas"
            "|de voz)]",
        ],
        help={"en": "speak faster", "es": "habla más rápido"},
    )
    def faster(self, request: Request) -> Reply:
        return self._pace(request, lambda pace: pace * _STEP)

    @function(
        en=["<speak> (normally|at [the|your] normal (speed|pace)|as usual|normal again)"],
        es=["<speak> (normal|con normalidad|como siempre|a velocidad normal|normalmente)"],
    )
    def normally(self, request: Request) -> Reply:
        manner = self._manner(request)
        return self._pace(request, lambda _: manner.usual_pace)

    @function(
        en=[
            "(repeat|say) (that|it) [again] <slower>",
            "<slower> please",
            "say that again <slower>",
        ],
        es=["(repite|repítelo|dilo|repite eso) [otra vez] <slower>", "más despacio"],
        help={"en": "repeat that slower", "es": "repítelo más despacio"},
    )
    def repeat_slower(self, request: Request) -> Reply:
        reply = self._pace(request, lambda pace: pace / _STEP)
        return Reply(request.last_reply or reply.text, request.language, undo=reply.undo)

    @function(
        en=[
            "spell [(the (word|name)|out)] {word}",
            "how (do you|do i|is) spell {word}",
            "how is {word} (spelled|spelt|written)",
            "[(tell me|show me|let me know|do you know|i need to know)] how (to|should i"
            "|would i|can"
            " i|can you|i|you) spell [the (word|name)] {word}",
            "how would (i|you) go about spelling {word}",
            "(what is|give me|tell me) the (spelling|letters) (of|for|in) {word}",
            "{word} is (spelled|spelt) how [exactly]",
        ],
        es=[
            "(deletrea|deletrear|deletree|deletréame) [(la palabra|el nombre)] {word}",
            "[(dime|sabes)] cómo se (escribe|deletrea) {word}",
            "cómo (escribo|deletreo) {word}",
        ],
        help={"en": "spell elephant", "es": "deletrea elefante"},
        ahead=True,
    )
    def spell(self, request: Request, word: Annotated[str, 4]) -> Reply:
        return _spelled(request, word)

    @function(
        en=["spell (that|it) [out]", "how (do you|is) (spell that|that (spelled|spelt|written))"],
        es=[
            "(deletrea|deletrear) (eso|esto)",
            "(deletréalo|deletrealo)",
            "cómo se (escribe|deletrea)",
        ],
        ahead=True,
    )
    def spell_that(self, request: Request) -> Reply:
        """The name in the last command, or else the last word that was said."""
        slots = request.previous.slots.values() if request.previous else ()
        texts = [value for value in slots if isinstance(value, str) and value]
        said = texts[-1:] or request.last_reply.rstrip(" .!?").split()[-1:]
        if not said:
            return request.say("I have not said anything yet.", "Todavía no he dicho nada.")
        return _spelled(request, said[0])

    @function(
        en=[
            "(<speak>|answer|reply|listen) [(to me|me)] [in] {language}"
            " [(with me|to me|from now on)]",
            "(switch|change) [(the language|your language)] to {language}",
            "do you speak {language}",
            "[(what about|how about|say (it|that)|tell me)] in {language}",
            "(change|switch|set|turn) [(your|the|my)] [response] (language|languages) [(setting"
            "|settings)] [(from {former})] (to|into) {language}",
            "(change|switch|set) [(your|the|my)] (language|languages) [(setting|settings)]",
            "(i want|i need|use|can i have|give me) (a|a new|another|a different|new|some other)"
            " language",
            "use {language}",
        ],
        es=[
            "(<speak>|contesta|responde|escucha) [(en|conmigo en)] {language} [(conmigo|a partir de"
            " ahora)]",
            "(cambia|pasa|cámbiate) [(el idioma|de idioma|tu idioma)] a[l] {language}",
            "hablas {language}",
            "[(dilo|dímelo|qué tal|y qué tal)] en {language}",
            "(cambia|cambiar|cambie) [(el|de|tu)] idioma",
            "(usa|pon) [el] {language}",
            "(pon|cambia) [(el|tu)] idioma (en|a) {language}",
        ],
        help={"en": "speak Spanish", "es": "habla inglés"},
    )
    def language(self, request: Request, language: Language = "", former: Language = "") -> Reply:
        if not language:
            return request.ask("Which language?", "¿Qué idioma?", function="speech.language",
                               slot="language")  # fmt: skip
        if language not in _LANGUAGES:
            raise request.error("I speak English and Spanish only.", "Solo hablo inglés y español.")
        manner = self._manner(request)
        here = request.language if request.language in _LANGUAGES else "en"
        name = _LANGUAGES[language][here]
        if language == request.language and list(manner.languages) == [language]:
            return request.say("I am speaking {name}.", "Estoy hablando {name}.", name=name)
        if language in manner.languages:
            return request.say(
                "I understand {name} at any time: just speak it.",
                "Entiendo {name} en cualquier momento: háblalo sin más.",
                name=name,
            )
        if manner.switch(language):
            raise request.error(
                "I cannot speak {name} here: a model is missing. The program doctor tells which.",
                "Aquí no puedo hablar {name}: falta un modelo. El programa doctor dice cuál.",
                name=name,
            )
        return request.say(
            "I will speak {name}. One moment.", "Hablaré {name}. Un momento.", name=name
        )

    def _pace(self, request: Request, new: Callable[[float], float]) -> Reply:
        manner = self._manner(request)
        before = manner.pace
        if manner.set_pace(new(before)) == before:
            raise request.error("That is as far as it goes.", "Más no se puede.")
        return request.say(
            "Is this better?", "¿Así mejor?", undo=lambda: manner.set_pace(before) and "The pace."
        )

    def _manner(self, request: Request) -> Manner:
        if self.manner is None:
            raise request.error("I have no voice here.", "Aquí no tengo voz.")
        return self.manner


def _spelled(request: Request, word: str) -> Reply:
    letters = [_letter(char, request.language) for char in unicodedata.normalize("NFC", word)]
    text = ", ".join(letter for letter in letters[:_MOST_SPELLED] if letter)
    return Reply(f"{text}.", request.language)


def _letter(char: str, language: str) -> str:
    """ "E", "E con acento", "Ñ"; nothing for a space or a sign."""
    if not char.isalnum():
        return ""
    base, *marks = list(unicodedata.normalize("NFD", char.upper()))
    if language == "es" and char in "ñÑ":
        return "Ñ"
    names = [_ACCENTS[mark][language == "es"] for mark in marks if mark in _ACCENTS]
    return " ".join([base, *names]).strip()
