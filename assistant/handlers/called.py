"""Finding the thing that a person means by a name: "the living room speaker"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz

_ENOUGH = 80  # of 100
_WORD = re.compile(r"[^\W_]+")
_SEAM = re.compile(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Za-z])")


def closest(said: str, names: Iterable[str]) -> str | None:
    """The name nearest to what was said, in letters; None when none is near, or two are as near.

    Names come from devices and networks: "HomeNet_5G" is compared as "home net 5 g".
    """
    wanted = _plain(said)
    scores = {name: _likeness(wanted, _plain(name)) for name in names}
    best = sorted(scores, key=scores.__getitem__, reverse=True)[:2]
    if not best or scores[best[0]] < _ENOUGH:
        return None
    if len(best) == 2 and scores[best[0]] == scores[best[1]]:
        return None
    return best[0]


def _likeness(said: str, name: str) -> float:
    """Whole names count most, then the same without spaces, then words that stand in the name."""
    if not said or not name:
        return 0.0
    joined = fuzz.ratio(said.replace(" ", ""), name.replace(" ", ""))
    within = fuzz.token_set_ratio(said, name) if len(said) > 2 else 0.0
    return max(fuzz.ratio(said, name), joined, 0.95 * within)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", _SEAM.sub(" ", text))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(_WORD.findall(letters.casefold()))
