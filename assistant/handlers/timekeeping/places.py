"""Where the clocks of a city, a country, a state or a zone's name are: about 1,900 names.

They stand in places.tsv, which scripts/_places.py makes of GeoNames and Unicode's CLDR.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rapidfuzz import fuzz, process

_FILE = Path(__file__).with_name("places.tsv")
_NEAR = 88.0  # of 100: "johanesburg"
_LITTLE = (
    "the", "city of", "el", "la", "los", "las", "ciudad de", "time zone", "timezone", "time",
    "standard", "huso horario", "zona horaria", "hora", "over", "del", "de",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    zone: ZoneInfo
    clocks_of: str = ""  # the city that is meant, in a country of several zones


def find(said: str) -> Place | None:
    """The place of that name, however it is spelled; "orlando florida" is the Orlando that is
    known. None for a name that is not."""
    words = _plain(said).split()
    known = _known()
    for end in range(len(words), 0, -1):
        name = _bare(" ".join(words[:end]))
        if found := known.get(name):
            return _place(found)
    whole = _bare(" ".join(words))
    near = process.extractOne(whole, known.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return _place(known[near[0]]) if near and len(whole) > 3 else None


def _place(found: tuple[str, str]) -> Place | None:
    name, zone = found
    name, _, city = name.removesuffix(")").partition(" (")
    try:
        return Place(name, ZoneInfo(zone), city)
    except (ZoneInfoNotFoundError, OSError):  # a machine without that zone's data
        return None


@cache
def _known() -> dict[str, tuple[str, str]]:
    """Name in plain letters -> (name, zone); 3 ms, when first asked for."""
    known: dict[str, tuple[str, str]] = {}
    for name, zone in _lines():
        known.setdefault(_bare(_plain(name.partition(" (")[0])), (name, zone))
    return known


def _lines() -> Iterator[tuple[str, str]]:
    for line in _FILE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            zone, _, names = line.partition("\t")
            for name in names.split("|"):
                yield name, zone


def _bare(name: str) -> str:
    """Without "the", "time zone" and their like at its ends."""
    while True:
        shorter = name
        for little in _LITTLE:
            shorter = shorter.removeprefix(f"{little} ").removesuffix(f" {little}")
        if shorter == name:
            return name
        name = shorter


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.casefold())
    kept = (c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    return " ".join("".join(kept).split())
