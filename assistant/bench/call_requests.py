"""Requests that no sentence of a function has, and whether the right functions were called."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from assistant.stages import Router
from assistant.types import Intent

Outcome = Literal["right", "values", "part", "other", "nothing"]
"""All functions with all values; all functions; some of them; another one; none was called."""
Kind = Literal["one", "several", "asked", "none"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """functions: any of them does it. values: by slot, or slots with "|" between; any of them."""

    functions: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Request:
    language: str
    text: str
    calls: tuple[Wanted, ...]
    asked: bool = False

    @property
    def kind(self) -> Kind:
        if self.asked:
            return "asked"
        return "several" if len(self.calls) > 1 else "one" if self.calls else "none"


def requests() -> list[Request]:
    raw = tomllib.loads((Path(__file__).parent / "calls.toml").read_text("utf-8"))
    return [
        Request(r["language"], r["text"], tuple(map(_wanted, r["calls"])), r.get("asked", False))
        for r in raw["request"]
    ]


def _wanted(raw: Mapping[str, str]) -> Wanted:
    values = {slot: tuple(text.split("|")) for slot, text in raw.items() if slot != "f"}
    return Wanted(tuple(raw["f"].split("|")), values)


def first(most: int | None) -> list[Request]:
    """All of them; or the first so many of each language and kind."""
    found, seen = [], dict[tuple[str, str], int]()
    for request in requests():
        key = request.language, request.kind
        seen[key] = seen.get(key, 0) + 1
        if most is None or seen[key] <= most:
            found.append(request)
    return found


def outcome(router: Router, request: Request, made: Sequence[Intent]) -> Outcome:
    if not made:
        return "nothing"
    left, right, named = list(made), 0, 0
    for wanted in request.calls:
        mine = [intent for intent in left if intent.function in wanted.functions]
        whole = [i for i in mine if _values_right(router, i, wanted, request.language)]
        if mine:
            left.remove((whole or mine)[0])
            named += 1
            right += bool(whole)
    if left:
        return "other"
    if right == len(request.calls):
        return "right"
    return "values" if named == len(request.calls) else "part"


def _values_right(router: Router, intent: Intent, wanted: Wanted, language: str) -> bool:
    return all(
        any(
            _same(router, intent, slot, text, language)
            for slot in slots.split("|")
            for text in texts
        )
        for slots, texts in wanted.values.items()
    )


def _same(router: Router, intent: Intent, slot: str, text: str, language: str) -> bool:
    if slot not in intent.slots:
        return False
    return bool(intent.slots[slot] == router.value(text, intent.function, slot, language))
