"""People whom this device knows of by name, so that their names are masked wherever they stand.

trace.names      as the settings have them
trace.contacts   a file or a folder of vCards (RFC 6350), as address books export and keep them
the owner        the real name of the account
memory           who stands with a capital in what the user said should be remembered
"""

from __future__ import annotations

import contextlib
import os
import pwd
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from assistant import paths
from assistant.errors import AssistantError
from assistant.kept_settings import Trace
from assistant.masking import NOBODY, Known, named, plain

MOST_FILES = 10_000
MOST_BYTES = 20_000_000
"""Of vCards that are read; a photograph may be in each."""
_FOLDED = re.compile(r"\r?\n[ \t]")
_FULL = re.compile(
    r"^(?:item\d+\.)?(?:FN|NICKNAME)(?:;[^:\n]*)?:(.+)$", re.IGNORECASE | re.MULTILINE
)
_CAPITAL = re.compile(r"[^\W\d_a-zß-öø-ÿ][^\W\d_]+(?:['’-](?![sS]\b)[^\W\d_]+)*")
_SHORTEST = 2  # letters of a part of a name
_LITTLE = frozenset(
    "a an the my our your his her its their this that these those is are was were be am do does did"
    " has have had i you he she it we they in on at to of for from with by and or but if not no yes"
    " what where when who why how there here please remember today tomorrow tv wifi wi-fi bluetooth"
    " usb ok okay mr mrs ms dr doctor sir madam mum mom dad street road avenue"
    " monday tuesday wednesday thursday friday saturday sunday january february march april may"
    " june july august september october november december christmas easter english spanish"
    " un una el la los las lo mi mis tu tus su sus nuestro nuestra este esta ese esa es son era"
    " está están he ha en de del al a con por para y o e u que qué no sí cuando donde yo él ella"
    " recuerda hoy mañana ayer señor señora don doña doctora mamá papá calle avenida plaza"
    " lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio"
    " julio agosto septiembre octubre noviembre diciembre navidad inglés español".split()
)
"""Words that may begin with a capital, and are nobody's name."""


class People:
    """Those of one process. `learn` reads, and may wait for the keyring; `known` never does."""

    def __init__(self, settings: Trace) -> None:
        self.known = NOBODY
        self._settings = settings
        self._seen: dict[str, object] = {}
        self._parts: dict[str, Known] = {
            "names": named(settings.names),
            "owner": _known([_owner()]),
        }
        self._gather()

    def follow(self, settings: Trace) -> None:
        """Other settings hold from now on."""
        self._settings = settings
        self._parts["names"] = named(settings.names)
        self._gather()

    def learn(self) -> Known:
        """Look whether somebody has been added, or forgotten. What cannot be read is nobody."""
        contacts = self._settings.contacts
        folder = Path(contacts).expanduser() if contacts else None
        cards = sorted(_cards(folder)) if folder else []
        self._read("contacts", [_state(path) for path in cards], lambda: _known(_in_cards(cards)))
        store = paths.data_dir() / "memory.db"
        files = [store, store.with_name("memory.db-wal")]
        self._read("memory", [_state(path) for path in files], _in_memory)
        self._gather()
        return self.known

    def _read(self, what: str, state: object, read: Callable[[], Known]) -> None:
        if self._seen.get(what) != state:
            self._seen[what] = state
            self._parts[what] = read()

    def _gather(self) -> None:
        known = NOBODY
        for part in self._parts.values():
            known |= part
        self.known = known


def in_text(text: str) -> Known:
    """Who stands with a capital in a sentence. It also takes places and makes for names, which does
    no harm here."""
    words = [word.group() for word in _CAPITAL.finditer(text)]
    return Known(parts=frozenset(plain(word) for word in words if word.lower() not in _LITTLE))


def _known(names: Iterable[str]) -> Known:
    """These names, and each of their words."""
    given = [name for name in names if plain(name)]
    words = {word for name in given for word in plain(name).split() if word not in _LITTLE}
    whole = named(name for name in given if " " in plain(name))
    return whole | Known(parts=frozenset(word for word in words if len(word) >= _SHORTEST))


def _owner() -> str:
    """The first field of what the account says of its user (passwd(5))."""
    with contextlib.suppress(KeyError):
        name = pwd.getpwuid(os.getuid()).pw_gecos.partition(",")[0]
        return "" if plain(name) == "root" else name
    return ""


def _cards(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    with contextlib.suppress(OSError):
        for number, path in enumerate(place.rglob("*.vcf")):
            if number == MOST_FILES:
                return
            yield path


def _in_cards(files: Iterable[Path]) -> Iterator[str]:
    left = MOST_BYTES
    for file in files:
        with contextlib.suppress(OSError):
            left -= file.stat().st_size
            if left < 0:
                return
            text = _FOLDED.sub("", file.read_text("utf-8", "replace"))
            for name in _FULL.findall(text):
                yield re.sub(r"\\(.)", r"\1", name.strip())[:200]


def _in_memory() -> Known:
    from assistant.handlers.built_in import memories

    known = NOBODY
    store = memories(paths.data_dir() / "assistant.db")
    with (
        contextlib.closing(store),
        contextlib.suppress(AssistantError),
    ):  # told where it is asked for
        for memory in store.all():
            known |= in_text(memory.text)
    return known


def _state(path: Path) -> object:
    try:
        status = path.stat()
    except OSError:
        return None
    return path, status.st_mtime_ns, status.st_size
