"""From what a recognizer or a person writes to plain words.

"Set a timer, for 10 seconds, please." -> set a timer for 10 seconds

Sentence templates go through `fold` as well, so that both sides agree on contractions, hyphens
and accents.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_CONTRACTIONS = {
    "en": (
        (r"\b(what|how|who|when|where|that|it|there|here)'?s\b(?!')", r"\1 is"),
        (r"\b(what|how|who|when|where|they|we|you)'re\b", r"\1 are"),
        (r"\b(i|you|he|she|it|we|they|that|what|when|how)'ll\b", r"\1 will"),
        (r"\bi'm\b", "i am"),
        (r"\b(i|you|we|they|how|what|where)'ve\b", r"\1 have"),
        (r"\b(i|you|he|she|we|they)'d\b", r"\1 would"),
        (r"\b(can'?t|cannot)\b", "can not"),
        (r"\b(do|did|does|is|could|would)n'?t\b", r"\1 not"),
        (r"\b([ap])\.? ?m\.?(?=\W|$)", r"\1m"),
        (r"\bgimme\b", "give me"),
        (r"\blemme\b", "let me"),
        (r"\bpl[sz]\b", "please"),
        (r"(?<=\d)k(?= (?:in|to|into) (?:miles|meters|metres|yards|feet)\b)", " kilometers"),
        (r"\bper cent\b", "percent"),
    ),
    "es": (
        (r"\b([ap])\. ?m\.?(?=\W|$)", r"\1m"),
        (r"\bcuánto'?s\b", "cuántos"),
        # diminutives, and the forms of vos that differ by more than an accent
        (r"\b(minut|segund|rat)it(os?)\b", r"\1\2"),
        (r"\bpoquit([oa]s?)\b", r"poc\1"),
        (r"\bun tantit[oa]\b|\btantit[oa]\b", "un poco"),
        (r"\bponé\b", "pon"),
        (r"\bponeme\b", "ponme"),
        (r"\bsubí\b", "sube"),
        (r"\bhacé\b", "haz"),
        (r"\bdecime\b", "dime"),
    ),
}
_PERCENT = {"en": " percent ", "es": " por ciento "}
_MINUS = {"en": " minus ", "es": " menos "}
_DOLLARS = "(?:us |canadian |australian )?(?:dollars?|usd|cad|aud)"
# signs that stand for words; those of sums only between numbers
_SIGNS = {
    "en": (
        (re.compile(r"(?<=\d) *\+ *(?=\d)"), " plus "),
        (re.compile(r"(?<=\d) +[-−–] +(?=\d)"), " minus "),
        (re.compile(r"(?<=\d) *[×*] *(?=\d)"), " times "),
        (re.compile(r"(?<=\d) *÷ *(?=\d)|(?<=\d) +/ +(?=\d)"), " divided by "),
        (re.compile(r"√ *(?=\d)"), " square root of "),
        (re.compile(r"(?<=\d) *\^ *(?=\d)"), " to the power of "),
        (re.compile(r"(?<=\d)²"), " squared "),
        (
            re.compile(
                r"\$ *(\d[\d.,]*)(?! ?(?:us |canadian |australian )?(?:dollars?|usd|cad|aud))"
            ),
            r" \1 dollars ",
        ),
        (re.compile(r"€ *(\d[\d.,]*)|(\d[\d.,]*) *€"), r" \1\2 euros "),
        (re.compile(r"£ *(\d[\d.,]*)"), r" \1 pounds "),
        (re.compile(r"(?<=\d) *[°º] ?c\b"), " degrees celsius "),
        (re.compile(r"(?<=\d) *[°º] ?f\b"), " degrees fahrenheit "),
        (re.compile(r"(?<=\d) *°"), " degrees "),
    ),
    "es": (
        (re.compile(r"(?<=\d) *\+ *(?=\d)"), " más "),
        (re.compile(r"(?<=\d) +[-−–] +(?=\d)"), " menos "),
        (re.compile(r"(?<=\d) *[×*] *(?=\d)"), " por "),
        (re.compile(r"(?<=\d) *÷ *(?=\d)|(?<=\d) +/ +(?=\d)"), " entre "),
        (re.compile(r"√ *(?=\d)"), " raíz cuadrada de "),
        (re.compile(r"(?<=\d) *\^ *(?=\d)"), " elevado a "),
        (re.compile(r"(?<=\d)²"), " al cuadrado "),
        (re.compile(r"\$ *(\d[\d.,]*)(?! ?dólares)"), r" \1 dólares "),
        (re.compile(r"€ *(\d[\d.,]*)|(\d[\d.,]*) *€"), r" \1\2 euros "),
        (re.compile(r"£ *(\d[\d.,]*)"), r" \1 libras "),
        (re.compile(r"(?<=\d) *[°º] ?c\b"), " grados celsius "),
        (re.compile(r"(?<=\d) *[°º] ?f\b"), " grados fahrenheit "),
        (re.compile(r"(?<=\d) *°"), " grados "),
    ),
}

# What people say around a command. The longest that fits is taken off, again and again.
_WAKE_WORDS = ("okay nabu", "ok nabu", "hey nabu", "hey jarvis", "hey mycroft", "alexa", "nabu")
_NAMES = ("alexa", "siri", "google", "cortana", "jarvis", "mycroft", "nabu", "olly", "assistant")
"""What assistants are called, by people who have several."""
_OPENINGS = {
    "en": (
        "please|could you|can you|would you|will you|can we|could we|hey|hi|hello|okay|ok|so"
        "|well|um|uh|and"
        "|now|hi there|hey there|i want you to|i would like you to|i need you to|go ahead and|just"
        "|could you please|excuse me|quickly|i would like to|i want to|i would like|let us|then"
        "|do you know|yes|actually|oh|alright|kindly|i need to|could i|may i"
        "|would you please|go and|help me|help me to|please help me|is it possible to"
        "|would it be possible to|do me a favor and|do me a favour and|be so kind as to"
        "|i was wondering if you could|i wonder if you could|you need to|you should|you can|try to"
        "|it is time to|i am going to need you to|i need your help to|why do not you|do you mind"
        "|can you help me|could you help me|would you be able to|are you able to|i would"
        " love to|time to|can you help me to|if you could|go on and|hold on|wait|oh wait|ah|sorry"
        "|good night|good morning|all right|right|do me a favor|do me a favour|any chance you could"
        "|could you maybe|maybe|would you kindly|you know what|be a dear and|listen|okay so|ok so"
    ),
    "es": (
        "por favor|puedes|podrías|podrias|me puedes|me podrías|puede|podría|oye|hey|vale|bueno|eh"
        "|ey|quiero que|me gustaría que|necesito que|quisiera que|quisiera|ahora|y|pues|a ver|venga"
        "|hazme el favor de|haz el favor de|oiga|perdona|disculpa|sabes|sí|rápido|te importaría"
        "|ok|okay|me gustaría|quiero|venga va|anda|me ayudas a|ayúdame a|es posible|sería posible"
        "|tienes que|te pido que|podrías por favor|por qué no|intenta|me harías el favor de"
        "|me puede|me podría|puede usted|podría usted|me podés|podés|querés|quieres|quiere|me"
        " quieres"
        "|me haces el favor de|me hace el favor de|hágame el favor de|haceme el favor de|porfa|che"
        "|mira|mirá|espera|esperá|espere|ay|ah|este|perdón|disculpe|disculpá|buenas noches"
        "|buenos días|buenas|a ver si puedes|será que puedes|será que me puedes|ándale|órale|por fa"
        "|gracias|listo|dale|si me haces el favor|por favorcito"
    ),
}
_CLOSINGS = {
    "en": "please|for me|thanks|thank you|right now|now|will you|would you|could you|can you|okay"
    "|then|if you can|at the moment|my friend|ok|if you would|real quick|currently|immediately"
    "|as soon as possible|asap|if possible|right away|when you can|if you do not mind|thanks a lot"
    "|for us|quickly|pretty please|these days|over there|if it is not too much trouble"
    "|for a second|for a moment|for a sec|for a bit|buddy|dear|already|after all|or something",
    "es": "por favor|gracias|ahora|ahora mismo|porfa|porfavor|en este momento|ya|vale|si puedes"
    "|si no te importa|anda|venga|muchas gracias|actualmente|eh|cuanto antes|inmediatamente"
    "|de inmediato|si es posible|cuando puedas|enseguida|mejor|ahorita|ahorita mismo|porfis|por fa"
    "|un momento|un segundo|un momentito|si me haces el favor|si es tan amable"
    "|si eres tan amable|cuando pueda|si puede|si podés|che|de una vez|nomás|plis",
}
_NOISE = frozenset("uh um umm mm mmm hm hmm hmmm ah eh er oh huh ehm".split())

_HESITATION = frozenset("uh um umm uhm erm er hmm hm mmm eh ehm ehh eeh".split())
"""Sounds that are no word in either language; they may stand anywhere."""

_INSISTED = frozenset(
    "louder quieter softer brighter dimmer darker lower higher warmer cooler faster slower next"
    " skip pause siguiente pausa callate cállate silencio".split()
)
"""Single words that mean no more when they are said twice; numbers and courtesies may."""

_SIGN = re.compile(r"[+×*÷/√^²$€£°º−]|\d [-–] \d")
_DIGIT_GROUPS = {
    "en": re.compile(r"(?<=\d),(?=\d{3}(?!\d))"),
    "es": re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))"),
}
_TOKEN = re.compile(r"\d+(?:st|nd|rd|th)\b|\d+(?:[.:/]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence as words, twice: as said, and without accents for comparing."""

    said: tuple[str, ...]
    plain: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.plain)

    def __bool__(self) -> bool:
        return bool(self.plain)

    def cut(self, start: int, end: int) -> Words:
        return Words(self.said[start:end], self.plain[start:end])


def without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def fold(text: str, language: str) -> str:
    """Lower case, with contractions opened and hyphens split; accents are kept."""
    text = text.replace("½", " 1/2 ").replace("¼", " 1/4 ").replace("¾", " 3/4 ")
    text = unicodedata.normalize("NFC", text).lower()
    text = text.replace("’", "'").replace("‘", "'")
    text = re.sub(r"(?<![\w.])-(?=\d)", _MINUS.get(language, " "), text)
    text = re.sub(r"[-–—]", " ", text)
    for pattern, replacement in _CONTRACTIONS.get(language, ()):
        text = re.sub(pattern, replacement, text)
    return text


def words(text: str, language: str) -> Words:
    """The words of a sentence; none when it holds only noise ("Hmm.", "...")."""
    if _SIGN.search(text):  # before folding, which takes the hyphens away
        text = unicodedata.normalize("NFC", text).lower()
        for sign, meaning in _SIGNS.get(language, ()):
            text = sign.sub(meaning, text)
    text = fold(text, language)
    text = text.replace("%", _PERCENT.get(language, " percent "))
    text = _DIGIT_GROUPS.get(language, _DIGIT_GROUPS["en"]).sub("", text)
    if language == "es":
        text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    said = tuple(_TOKEN.findall(text))
    if all(word in _NOISE for word in said):
        return Words((), ())
    said = _said_once(tuple(word for word in said if word not in _HESITATION))
    return Words(said, tuple(without_accents(word) for word in said))


def _said_once(said: tuple[str, ...]) -> tuple[str, ...]:
    """What was said twice in a row, as people insist ("más fuerte, más fuerte"), once."""
    half = len(said) // 2
    twice = half > 0 and said == said[:half] * 2
    if twice and (half > 1 or said[0] in _INSISTED):
        return said[:half]
    return said


def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(without_accents(p).split()) for p in text.split("|"))


_OPENING = {
    k: _phrases(v) | _phrases("|".join((*_WAKE_WORDS, *_NAMES))) for k, v in _OPENINGS.items()
}
_CLOSING = {k: _phrases(v) | _phrases("|".join(_NAMES)) for k, v in _CLOSINGS.items()}
_ASKED_POLITELY = dict(
    pair.split(":")
    for pair in (
        "pones:pon enciendes:enciende encendes:enciende prendes:prende apagas:apaga subes:sube"
        " subis:sube bajas:baja quitas:quita abres:abre abris:abre cierras:cierra cerras:cierra"
        " lees:lee dices:di decis:di anades:anade agregas:agrega apuntas:apunta anotas:anota"
        " metes:mete borras:borra eliminas:elimina cancelas:cancela paras:para pausas:pausa"
        " activas:activa desactivas:desactiva silencias:silencia buscas:busca muestras:muestra"
        " ensenas:ensena cambias:cambia calculas:calcula conviertes:convierte repites:repite"
        " creas:crea haces:haz guardas:guarda tomas:toma conectas:conecta desconectas:desconecta"
        " reproduces:reproduce reinicias:reinicia bloqueas:bloquea despiertas:despierta"
        " recuerdas:recuerda avisas:avisa vacias:vacia pasas:pasa deletreas:deletrea marcas:marca"
    ).split()
)
"""Spanish verbs of which the second person asks for what the command tells, without accents."""
_FOR_ME = frozenset("despierta recuerda avisa di".split())
"""Commands that mean something else, or nothing, without the "me" at their end."""
_LONGEST = 5  # words of the longest phrase above


def without_courtesy(sentence: Words, language: str) -> Words:
    """The sentence without "could you", "please", "por favor" at its ends; never empty."""
    return courtesy_taken_off(sentence, language)[0]


def courtesy_taken_off(sentence: Words, language: str) -> list[Words]:
    """The sentence with less and less of its courtesy taken off, down to none: the "now" of "in
    two hours from now please" may belong to it; and as commands, what Spanish asks as a question.
    None of them is empty."""
    openings, closings = _OPENING.get(language, frozenset()), _CLOSING.get(language, frozenset())
    versions, start, end = [sentence], 0, len(sentence)
    while True:
        for n in range(min(_LONGEST, end - start - 1), 0, -1):
            if sentence.plain[start : start + n] in openings:
                start += n
                break
            if sentence.plain[end - n : end] in closings:
                end -= n
                break
        else:
            stripped, *fuller = versions[::-1]
            return [stripped, *_as_commands(stripped, language), *fuller]
        versions.append(sentence.cut(start, end))


def _as_commands(sentence: Words, language: str) -> Iterator[Words]:
    """ "¿Me pones un temporizador?" is "ponme ..." and "pon ...": a command, asked politely."""
    if language != "es":
        return
    to_me = sentence.plain[0] in ("me", "nos")
    command = _ASKED_POLITELY.get(sentence.plain[to_me]) if len(sentence) > 1 + to_me else None
    if command is None:
        return
    rest = sentence.cut(1 + to_me, len(sentence))
    mine = [command + sentence.plain[0]] if to_me else []
    for first in (*mine, command) if command in _FOR_ME else (command, *mine):
        yield Words((first, *rest.said), (first, *rest.plain))


def is_courtesy(sentence: Words, language: str) -> bool:
    """Whether a sentence is nothing but what may open a command: "could you please"."""
    rest = without_courtesy(sentence, language)
    return rest.plain in _OPENING.get(language, frozenset())
