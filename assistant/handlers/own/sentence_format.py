"""Home Assistant's custom sentence format: what a file may hold.

https://developers.home-assistant.io/docs/voice/intent-recognition/template-sentence-syntax
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import msgspec
import yaml
from msgspec import Meta

from assistant import written
from assistant.errors import ConfigError

MOST_BYTES = 2_000_000

Rules = dict[str, str]


class Phrase(msgspec.Struct, frozen=True):
    """A value of a list: the template it is said by, and what it means (its own words if None)."""

    said: str = msgspec.field(name="in")
    out: Any = None


class Range(msgspec.Struct, frozen=True):
    start: int = msgspec.field(name="from")
    stop: int = msgspec.field(name="to")
    step: Annotated[int, Meta(gt=0)] = 1
    multiplier: float | None = None
    fractions: str | None = None


class SlotValues(msgspec.Struct, frozen=True):
    """A list: phrases, whole numbers, or any words. One of the three."""

    values: list[str | int | float | Phrase] | None = None
    range: Range | None = None
    wildcard: bool = False

    def slot_type(self, name: str) -> Any:
        """The list as the type of a slot (see `contract`). Raises ConfigError."""
        if self.values is not None:
            if not self.values:
                raise ConfigError(f"the list {name} has no value.")
            phrases = [v if isinstance(v, Phrase) else Phrase(str(v)) for v in self.values]
            return Annotated[str, {p.said: _meaning(p) for p in phrases}]
        if self.range is not None:
            if self.range.multiplier is not None or self.range.fractions is not None:
                raise ConfigError(f"the list {name} has a multiplier or fractions: not supported.")
            numbers = range(self.range.start, self.range.stop + 1, self.range.step)
            if not numbers:
                raise ConfigError(f"the list {name} has an empty range.")
            return Annotated[int, numbers]
        if self.wildcard:
            return str
        raise ConfigError(f"the list {name} needs values, a range or `wildcard: true`.")


class Block(msgspec.Struct, frozen=True):
    """Templates that assume the same slots."""

    sentences: list[str]
    slots: dict[str, Any] = {}
    lists: dict[str, SlotValues] = {}
    expansion_rules: Rules = {}
    requires_context: dict[str, Any] = {}
    excludes_context: dict[str, Any] = {}


class IntentSentences(msgspec.Struct, frozen=True):
    data: list[Block]
    response: str = ""  # ours: what is said in reply, with {slot} fields


class SentenceFile(msgspec.Struct, frozen=True):
    language: str
    intents: dict[str, IntentSentences] = {}
    lists: dict[str, SlotValues] = {}
    expansion_rules: Rules = {}
    skip_words: list[str] = []


def read_sentences(path: Path) -> SentenceFile:
    """Raises ConfigError, saying in one sentence what is wrong and where."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ConfigError("it is too large for a file of sentences.")
        return msgspec.convert(written.yaml(path.read_text("utf-8")), SentenceFile)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1})" if mark else ""
        raise ConfigError(f"it is not valid YAML: {_problem(error)}{where}.") from error
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$")
        hint = ' (quote words like "on" and "no")' if "got `bool`" in what else ""
        where, what = written.shown(where.strip("`.")), written.shown(what)
        raise ConfigError(f"{where or 'the file'}: {what}{hint}.") from error
    except (OSError, UnicodeError, RecursionError) as error:
        raise ConfigError(f"it cannot be read: {written.shown(str(error))}.") from error


def _meaning(phrase: Phrase) -> Any:
    """Plain words mean themselves; a template without `out` means what was said."""
    if phrase.out is not None or any(sign in phrase.said for sign in "([<{|;"):
        return phrase.out
    return phrase.said


def _problem(error: yaml.YAMLError) -> str:
    return written.shown(str(getattr(error, "problem", None) or error).partition("\n")[0])
