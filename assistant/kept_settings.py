"""The schema of what is kept, and for how long; see SECURITY.md."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

Days = Annotated[int, Meta(ge=0, le=3650)]
Positive = Annotated[float, Meta(gt=0)]


class Trace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    enabled: bool
    transcripts: bool
    max_mb: Positive
    files: Annotated[int, Meta(ge=1)]
    days: Days
    mask: bool
    names: list[str]
    contacts: str


class Keep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    notes_days: Days
    lists_days: Days
    memory_days: Days
