"""What all functions of the home stand on."""

from __future__ import annotations

from assistant.handlers.home.doing import Doing
from assistant.handlers.home.telling import Telling


class Base(Doing, Telling):
    """Choosing devices, making them do something, telling how they are."""
