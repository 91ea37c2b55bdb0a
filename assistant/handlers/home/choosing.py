"""Which devices a command is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from assistant import spoken
from assistant.handlers.contract import Family, Request
from assistant.handlers.home import words
from assistant.handlers.home.broker import Link
from assistant.handlers.home.entity import GROUP, Entity, folded, folded_text
from assistant.handlers.home.house import House

_DRAPES = frozenset({"blind", "shade", "shutter", "curtain", "awning", ""})
"""Covers that people mix up, and that devices do not tell apart."""
_SWEEPING = {"light", "switch", "fan", "media", "climate"}
_ALL = re.compile(r"\b(all|every|each|tod[oa]s?|cada|ambos|ambas)\b", re.IGNORECASE)
_MANY_NAMES = 3  # that are still read out
_LIKE = 80  # of 100: what is taken for a name that was heard a little wrong
_UNITS = frozenset(
    "light lights lamp lamps plug socket outlet switch luz luces lampara enchufe the my la el de"
    .split()
)  # fmt: skip


class Choosing(Family):
    """house: what is known of the home. link: the way to the broker. room: where this machine is.
    patience: seconds that a device may take to answer."""

    house: House
    link: Link
    room: str
    patience: float

    def chosen(
        self, request: Request, name: str, kind: str, place: str, other: str = ""
    ) -> list[Entity]:
        """By name, by kind and place, or by a name that is nearly one of ours. Raises
        FunctionError when there is none."""
        if other:
            return self._nearly_named(request, other)
        if name:
            return self._by_name(request, name, kind, place)
        if not place and self.room and not _ALL.search(request.text):
            here = [e for e in self._within(request, words.HERE) if is_kind(e, kind)]
            if here:
                return here
        found = [e for e in self._within(request, place) if is_kind(e, kind)]
        if not found:
            raise self._none_of(request, kind, place)
        exact = [e for e in found if e.klass == kind]
        return exact or found

    def locks(self, request: Request, name: str, kind: str, place: str) -> list[Entity]:
        """A lock is rarely told what it locks, so a door or a gate is looked for in its name."""
        found = self.chosen(request, name, "lock", place)
        words_of_it = [folded(p) for p in words.phrases(",".join(words.LOCKS.get(kind, ())))]
        named = [e for e in found if any(w in folded(e.name) for w in words_of_it)]
        return named if kind not in ("", "lock") and named else found

    def climates(self, request: Request, name: str, place: str) -> list[Entity]:
        return self.chosen(request, name, "climate", place)

    def _by_name(self, request: Request, name: str, kind: str, place: str) -> list[Entity]:
        found = [e for e in self.house.entities if folded(e.name) == folded(name)]
        if place and place not in (words.HERE, words.EVERYWHERE):
            within = set(self.house.rooms_of(place))
            found = [e for e in found if folded(e.room) in within] or found
        found = [e for e in found if is_kind(e, kind)] or found
        if not found:
            raise request.error("I know of no {name}.", "No conozco {name}.", name=name)
        return found

    def _nearly_named(self, request: Request, other: str) -> list[Entity]:
        """The devices of a name, or the lights of a room, that may have been misheard."""
        named: dict[str, list[Entity]] = {}
        for entity in self.house.entities:
            for phrase in (entity.name, *entity.aliases):
                named.setdefault(_bare(phrase), []).append(entity)
        for phrase, place in self.house.place_names().items():
            lights = [e for e in self._within(request, place) if is_kind(e, "light")]
            named.setdefault(folded(phrase), lights)
        best = process.extractOne(_bare(other), list(named), scorer=fuzz.ratio, score_cutoff=_LIKE)
        if best is None or not named[best[0]]:
            raise request.error("I know of no {name}.", "No conozco {name}.", name=other)
        return named[best[0]]

    def _within(self, request: Request, place: str) -> list[Entity]:
        """Every device there, but for groups of devices."""
        if place == words.HERE:
            if not self.room:
                raise request.error(
                    "I do not know which room I am in. Tell me in the setting home.room.",
                    "No sé en qué habitación estoy. Dímelo en el ajuste home.room.",
                )
            place = self.room
        if place in ("", words.EVERYWHERE):
            return [e for e in self.house.entities if e.klass != GROUP]
        rooms = self.house.rooms_of(place)
        there = (e for e in self.house.entities if folded(e.room) in rooms)
        return [e for e in there if e.klass != GROUP]

    def _none_of(self, request: Request, kind: str, place: str) -> Exception:
        known = {folded(name) for name in self.house.place_names().values()}
        if place in ("", words.HERE, words.EVERYWHERE) or folded(place) in known:
            what = {"en": kind_name(kind, "en"), "es": kind_name(kind, "es")}[
                request.pick("en", "es")
            ]
            return request.error(
                "I know of no {what} there." if place else "I know of no {what}.",
                "No conozco {what} ahí." if place else "No conozco {what}.",
                what=what,
            )
        return request.error(
            "I know of no room called {place}.", "No conozco la habitación {place}.", place=place
        )


def _bare(name: str) -> str:
    """A name without the word for what it is: "desk" of "desk lamp"."""
    rest = [word for word in folded(name).split() if word not in _UNITS]
    return " ".join(rest) or folded(name)


def is_kind(entity: Entity, kind: str) -> bool:
    """Whether a device is what people mean by a word for a kind."""
    match kind:
        case "":
            return True
        case "everything":
            return entity.kind in _SWEEPING
        case "switch" | "outlet":
            return entity.kind == "switch"
        case "light":
            return entity.kind == "light" or (entity.kind == "switch" and entity.klass == "light")
        case "blind" | "shade" | "shutter" | "curtain" | "awning":
            return entity.kind == "cover" and (entity.klass in _DRAPES)
        case "window" | "door" | "garage" | "gate":
            return entity.kind in ("cover", "binary") and entity.klass.startswith(kind)
        case "motion" | "smoke" | "moisture":
            return entity.kind == "binary" and entity.klass == kind
    return entity.kind == kind


def kind_name(kind: str, language: str) -> str:
    """The plural of a kind, as it is said."""
    if kind in words.ASKED:
        return words.name_of(words.ASKED, kind, language, plural=True)
    return {"en": "devices", "es": "dispositivos"}[language]


def called(entities: Sequence[Entity], request: Request) -> str:
    """What was chosen, in words: "the Bedroom Lamp", "three lights"; by the name that was said."""
    language = request.language
    if len(entities) <= _MANY_NAMES:
        said = folded_text(request.text)
        names = [next((a for a in e.aliases if folded(a) in said), e.name) for e in entities]
        return spoken.listing([with_article(name, language) for name in names], language)
    kinds = {e.kind for e in entities}
    kind = next(iter(kinds)) if len(kinds) == 1 else ""
    feminine = kind == "light"
    many = kind_name(kind, language)
    return spoken.count(len(entities), many, many, language, feminine=feminine)


def with_article(name: str, language: str) -> str:
    """A name as part of a sentence. The first word of a Spanish name tells its article."""
    if language != "es":
        first = name.split(maxsplit=1)[0].lower() if name.split() else ""
        return name if first in ("the", "my", "our") else f"the {name}"
    first = name.split(maxsplit=1)[0].lower() if name.split() else ""
    if first in ("el", "la", "los", "las", "mi"):
        return name
    plural = first.endswith("s")
    feminine = first.rstrip("s").endswith(("a", "ción", "luz", "luce", "pared", "tv", "tele"))
    return f"{_ARTICLES[feminine, plural]} {name}"


_ARTICLES = {(False, False): "el", (True, False): "la", (False, True): "los", (True, True): "las"}
