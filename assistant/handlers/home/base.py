"""What all functions of the home stand on."""

from __future__ import annotations

from assistant.handlers.home.shifting import Shifting
from assistant.handlers.home.telling import Telling


class Base(Shifting, Telling):
    """Choosing devices, making them do something, telling how they are."""
