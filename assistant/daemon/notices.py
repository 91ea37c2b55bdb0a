"""Notifications of the desktop (org.freedesktop.Notifications): what rings, fails, is muted."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping

from assistant.handlers import bus
from assistant.types import Event, EventKind

SERVICE = INTERFACE = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
LONGEST = 400
"""Characters of a text; a notification is no page."""

_KINDS: Mapping[EventKind, str] = {
    "announcing": "timer",
    "degraded": "degraded",
    "muted": "muted",
    "unmuted": "muted",
    "saying": "reply",
}
_HEADS: Mapping[EventKind, Mapping[str, str]] = {
    "announcing": {"en": "Assistant", "es": "Asistente"},
    "degraded": {"en": "The assistant cannot do all", "es": "El asistente no puede con todo"},
    "muted": {"en": "The microphone is closed", "es": "El micrófono está cerrado"},
    "unmuted": {"en": "The microphone is open", "es": "El micrófono está abierto"},
    "saying": {"en": "Assistant", "es": "Asistente"},
}
_LOW, _NORMAL, _CRITICAL = 0, 1, 2
_URGENCY: Mapping[EventKind, int] = {"announcing": _CRITICAL, "saying": _LOW, "unmuted": _LOW}


class Notices:
    """kinds: of the setting `show.notify`. Each call waits for the desktop (1.5 s at most), so that
    it is made by a thread which may wait."""

    def __init__(self, kinds: Iterable[str], language: str) -> None:
        self._kinds, self._language = frozenset(kinds), language
        self._shown: dict[str, int] = {}

    def show(self, event: Event) -> None:
        """Raises BusError where no desktop shows it."""
        kind = _KINDS.get(event.kind)
        if kind is None or kind not in self._kinds:
            return
        head = _HEADS[event.kind][self._language]
        # a body is markup to those who show it; what was said is none
        body = html.escape(" ".join(event.text.split())[:LONGEST], quote=False)
        hints = {"urgency": ("y", _URGENCY.get(event.kind, _NORMAL)), "transient": ("b", True)}
        before = self._shown.get(kind, 0)
        icon = "microphone-sensitivity-muted" if event.kind == "muted" else "audio-input-microphone"
        with bus.session() as desktop:
            [number] = desktop.object(SERVICE, PATH).call(
                *(INTERFACE, "Notify", "susssasa{sv}i"),
                *("assistant", before, icon, head, body, [], hints, -1),
            )
        self._shown[kind] = int(number)
