"""How a reference to the last command begins: "no, ...", "make it ...", "and ...?" Pure tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from assistant.understand.normalize import Words, is_courtesy, without_accents, words


def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(without_accents(p).split()) for p in text.split("|"))


_CORRECTING = {
    "en": _phrases(
        "no|no no|no no no|i meant|i mean|no i meant|no i mean|i meant to say|no i meant to say"
        "|i said|no i said|sorry i meant|no sorry i meant|sorry i said|wait i meant|no wait"
        "|wait no|no sorry|oops|oh no|not that|not that one|wrong|that is wrong|no that is wrong"
        "|i wanted|no i wanted|i was talking about|correction|no not that|nope|sorry no"
    ),
    "es": _phrases(
        "no|no no|no no no|quise decir|quería decir|no quise decir|no quería decir|me refería a"
        "|me refiero a|no me refería a|no me refiero a|me refería al|me refiero al|no me refería al"
        "|digo|no digo|perdón quise decir|perdón quería decir|uy no|ay no|espera no|no espera"
        "|no perdón|he dicho|no he dicho|dije|no dije|quería|no quería|eso no|ese no|esa no|mal"
        "|te he dicho|te dije|no eso no|corrección|perdón no|hablaba de|hablaba del"
    ),
}
"""They say that the last command was wrong."""

_CHANGING = {
    "en": _phrases(
        "make it|make that|no make it|no make that|change it to|change that to|no change it to"
        "|set it to|set that to|no set it to|put it at|put it to|actually|actually make it|rather"
        "|or rather|better|better make it|sorry|sorry make it|let us make it|let us say"
        "|it should be|make them|set them to|change them to|turn it to|no it should be|make it to"
    ),
    "es": _phrases(
        "mejor|no mejor|mejor que sea|mejor que sean|mejor a|mejor al|mejor de|que sea|que sean"
        "|no que sea|no que sean|cámbialo a|cámbiala a|cámbialo por|ponlo a|ponlo en|ponlo al"
        "|ponla a|ponla en|ponla al|pónmelo a|hazlo de|déjalo en|déjalo a|déjala en|no era"
        "|en realidad|perdón|perdona|tendría que ser|debería ser|no mejor a|no ponlo a|no ponlo al"
        "|bueno mejor|no déjalo en"
    ),
}
"""They change it, whether it was wrong or not."""

_ADDING = {
    "en": _phrases(
        "and|what about|how about|and what about|and how about|also|and also|the same for"
        "|and the same for|same for|and for|do the same for|and do the same for|now|now for"
        "|do the same in|the same in|and now|what if|then|another|another one|and another"
        "|and another one|one more|and one more"
    ),
    "es": _phrases(
        "y|y qué tal|qué tal|y qué hay de|qué hay de|y qué pasa con|también|y también|lo mismo para"
        "|y lo mismo para|haz lo mismo en|haz lo mismo con|y para|y con|ahora|y ahora|lo mismo en"
        "|lo mismo con|y lo mismo con|y si|entonces|otro|otra|y otro|y otra|otro más|otra más"
        "|y otro más|y otra más|uno más|una más|y uno más|y una más"
    ),
}
"""They want the same with another value."""

_INSTEAD = {
    "en": _phrases("instead|i meant|i mean|rather|i said|not that|better"),
    "es": _phrases("en su lugar|mejor|quise decir|quería decir|digo|en vez de eso|en cambio"),
}
_TOO = {
    "en": _phrases("too|as well|also"),
    "es": _phrases("también|igualmente"),
}
_NARROWING = {
    "en": _phrases(
        "in the morning|in the afternoon|in the evening|at night|am|pm|tonight|tomorrow"
        "|tomorrow morning|tomorrow evening|a m|p m"
    ),
    "es": _phrases(
        "de la mañana|de la tarde|de la noche|por la mañana|por la tarde|por la noche"
        "|de la madrugada|mañana|mañana por la mañana"
    ),
}
"""They say which of two times was meant: "wake me at seven", "in the evening"."""
_EXCLUDING = {
    "en": _phrases("not|no|except|but|without|never"),
    "es": _phrases("no|nunca|excepto|menos|salvo|sin|pero|ni"),
}
"""With what begins what is not wanted."""
_MOST_WANTED = 3  # words that follow what is not wanted
_MOST_EITHER = 8  # words: longer sentences with a "not" are no choice between two values
_EITHER = {"en": ("not", "but"), "es": ("no", "sino")}


Kind = Literal["corrects", "changes", "adds", "narrows"]


@dataclass(frozen=True, slots=True)
class Reference:
    """What is said of the last command. `kind`: it was wrong, is changed, or wanted again; or
    what is said belongs to its end."""

    kind: Kind
    rest: str  # the words that say what is new


def reference(text: str, language: str) -> Reference | None:
    """The opening of a reference taken off; None when the text has none, and where it only says
    what is not wanted ("no, not fifty")."""
    found = _reference(text, language)
    if found is None or not _excludes(found.rest, language):
        return found
    wanted = text.rpartition(",")[2].strip()  # "no, not coffee, tea"
    few = "," in text and 0 < len(words(wanted, language)) <= _MOST_WANTED
    if not few or _excludes(wanted, language) or is_courtesy(words(wanted, language), language):
        return None
    return Reference("corrects", wanted)


def _excludes(rest: str, language: str) -> bool:
    return words(rest, language).plain[:1] in _EXCLUDING.get(language, ())


def _reference(text: str, language: str) -> Reference | None:
    said = words(text, language)
    if said.plain in _NARROWING.get(language, ()):
        return Reference("narrows", text)
    if (more := _closing(said, _TOO.get(language, frozenset()))) is not None:
        inner = _opened(more, language)
        return Reference("adds", inner.rest if inner else " ".join(more.said))
    instead = _closing(said, _INSTEAD.get(language, frozenset()))
    if instead is not None:
        inner = _opened(instead, language)
        return Reference("corrects", inner.rest if inner else " ".join(instead.said))
    return _opened(_chosen(said, language), language)


def _opened(said: Words, language: str) -> Reference | None:
    longest: tuple[int, Kind] | None = None
    tables: tuple[tuple[Kind, Any], ...] = (
        ("corrects", _CORRECTING),
        ("changes", _CHANGING),
        ("adds", _ADDING),
    )
    for kind, table in tables:
        for length in range(min(6, len(said) - 1), 0, -1):
            if said.plain[:length] in table.get(language, ()):
                if longest is None or length > longest[0]:
                    longest = length, kind
                break
    if longest is None:
        return None
    length, kind = longest
    if kind != "adds":  # "no wait, make it eight", "actually make that six"
        inner = _opened(said.cut(length, len(said)), language)
        if inner is not None and inner.kind != "adds":
            return inner
    return Reference(kind, " ".join(said.said[length:]))


def _closing(said: Words, closings: frozenset[tuple[str, ...]]) -> Words | None:
    for length in range(min(4, len(said) - 1), 0, -1):
        if said.plain[-length:] in closings:
            return said.cut(0, len(said) - length)
    return None


def _is_opening(plain: tuple[str, ...], language: str) -> bool:
    return any(plain in table.get(language, ()) for table in (_CORRECTING, _CHANGING, _ADDING))


def _chosen(said: Words, language: str) -> Words:
    """ "no, not forty but fifty", "fifty, not forty": what is wanted of the two."""
    no, but = _EITHER.get(language, _EITHER["en"])
    if len(said) > _MOST_EITHER:
        return said
    if but in said.plain[1:-1] and no in said.plain[: said.plain.index(but, 1)]:
        at = said.plain.index(but, 1)
        return Words(("no", *said.said[at + 1 :]), ("no", *said.plain[at + 1 :]))
    if no in said.plain[1:-1]:
        at = said.plain.index(no, 1)
        if said.plain[0] not in (no, "no") and not _is_opening(said.plain[:at], language):
            return Words(("no", *said.said[:at]), ("no", *said.plain[:at]))
    return said
