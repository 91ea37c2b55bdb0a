"""The time here, in a zone that knows its daylight saving: adding a day to it is right."""

from __future__ import annotations

import datetime as dt
import os
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def now() -> dt.datetime:
    """The aware local time."""
    return dt.datetime.now(dt.UTC).astimezone(_zone(os.environ.get("TZ")))


@cache
def _zone(variable: str | None) -> dt.tzinfo | None:
    """The zone of the TZ variable or of /etc/localtime; None, the present offset, if unnamed."""
    name = variable or str(Path("/etc/localtime").resolve()).rpartition("/zoneinfo/")[2]
    try:
        return ZoneInfo(name.removeprefix(":"))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
