"""Which functions ask before they do anything: the dangerous ones, and those of the settings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.handlers.contract import Function


class Caution:
    """confirm: names of functions ("volume.full") or of families ("timers") that ask as well; with
    a minus before it one that does not, though it is dangerous. The later name wins."""

    def __init__(self, confirm: Sequence[str] = ()) -> None:
        self._rules = [(name.removeprefix("-"), not name.startswith("-")) for name in confirm]

    def asks(self, function: Function) -> bool:
        """Whether it may be called only when the person has said yes."""
        decided = [asks for name, asks in self._rules if name in _names(function)]
        return decided[-1] if decided else function.dangerous

    def unknown(self, functions: Iterable[Function]) -> list[str]:
        """A sentence for each name that no function has."""
        known = {name for function in functions for name in _names(function)}
        return [
            f"functions.confirm: there is no function named {name!r}."
            for name, _ in self._rules
            if name not in known
        ]


def _names(function: Function) -> tuple[str, str]:
    return function.name, function.family.name
