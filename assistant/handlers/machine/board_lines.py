"""The user's file of the lines of a board: `board.toml` in the configuration folder.

[[line]]
name = "lamp"              # what it is called when it is spoken of
aliases = ["lámpara"]      # other names, such as that in the other language
chip = "gpiochip0"         # or the chip's label; left out: the line's name is looked for
line = 17                  # its offset on the chip, or its name ("GPIO17")
output = true              # false: it is only read, such as that of a switch
active_low = false         # true: on is a low voltage
careful = true             # ask before it is switched: a door, a pump
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import msgspec

from assistant import written
from assistant.errors import ConfigError
from assistant.handlers.machine.gpio import Line

_MOST_BYTES = 1_000_000
_WORDS = re.compile(r"[^\W_]+")


class NamedLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line, and what the user calls it."""

    name: str
    line: int | str
    chip: str = ""
    aliases: list[str] = []
    output: bool = True
    active_low: bool = False
    careful: bool = False

    @property
    def place(self) -> Line:
        return Line(self.chip, self.line, self.output, self.active_low)

    def phrases(self) -> list[str]:
        """The names as templates: only their words, whatever else stands in them."""
        return [" ".join(_WORDS.findall(name.lower())) for name in (self.name, *self.aliases)]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    line: list[NamedLine] = []


def read_lines(path: Path) -> list[NamedLine]:
    """Raises ConfigError, saying in one sentence what is wrong and where."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ConfigError(f"{path} is too large for a file of lines.")
        found = msgspec.convert(written.toml(path.read_text("utf-8")), _File).line
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}.") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{path} is not well formed: {error}.") from error
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}: {written.shown(str(error))}.") from error
    _check(path, found)
    return found


def _check(path: Path, lines: list[NamedLine]) -> None:
    taken: set[str] = set()
    places: set[tuple[str, int | str]] = set()
    for line in lines:
        phrases = line.phrases()
        if not all(phrases):
            raise ConfigError(f"{path}: a line has a name without a word. Give it one.")
        if twice := taken & set(phrases):
            raise ConfigError(f"{path}: two lines are called {min(twice)!r}. Rename one.")
        if (line.chip, line.line) in places:
            raise ConfigError(f"{path}: line {line.line} has two names. Use aliases.")
        if line.line == "" and not line.chip:
            raise ConfigError(f"{path}: {line.name!r} has no line.")
        if isinstance(line.line, int) and not line.chip:
            raise ConfigError(f"{path}: {line.name!r} needs its chip, for its line is a number.")
        taken |= set(phrases)
        places.add((line.chip, line.line))
