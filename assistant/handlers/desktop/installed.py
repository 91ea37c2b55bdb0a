"""The programs that are installed, and the words by which people call them."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from rapidfuzz import fuzz, process

from assistant.handlers.desktop import desktop_entry
from assistant.handlers.desktop.desktop_entry import Entry

_MOST = 2_000  # entries; a full desktop has two hundred
_LOOK_AGAIN = 2.0  # seconds before the folders are looked at again
_ALIKE = 85  # of 100, for a name that was heard a little wrong
_MOST_WORDS = 5

# What runs a program of another name.
RUNNERS = frozenset(
    "python python3 sh bash env flatpak snap gapplication java wine electron perl ruby node gjs"
    " pkexec sudo xdg-open steam mono".split()
)
# Left out when people name a program, at the front and at the end.
_MAKERS = frozenset("google mozilla microsoft gnome kde libreoffice apache".split())
_KINDS = (
    "web browser",
    "media player",
    "music player",
    "video player",
    "image editor",
    "text editor",
    "player",
    "browser",
    "esr",
    "desktop",
    "app",
    "mail",
)
# So common as words that alone they are no name.
_NO_NAMES = frozenset("open run start it this that app program new".split())

# Programs that play or talk, and may have no desktop entry that we see (a container, a shell).
_KNOWN = (
    "firefox|chromium|chrome|brave|edge|spotify|vlc|mpv|rhythmbox|clementine|strawberry|audacious"
    "|kodi|steam|discord|zoom|teams|skype|telegram|youtube"
).split("|")
# Categories of programs that do. Each name is many words in the grammar, so others are left out.
_SOUNDING = frozenset(
    "AudioVideo Audio Video Player Music WebBrowser Game InstantMessaging Chat Telephony"
    " VideoConference TV Emulator".split()
)
_BROWSER = {"en": ("browser", "web browser"), "es": ("navegador", "navegador web")}
BROWSERS = ("firefox", "chromium", "chrome", "brave", "edge", "epiphany", "vivaldi", "opera")

Places = tuple[tuple[Path, int], ...]


def folders() -> list[Path]:
    """Where entries lie, the user's first; also those of Flatpak and Snap."""
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    found = [home, *map(Path, filter(None, shared.split(":")))]
    found += [home / "flatpak/exports/share", Path("/var/lib/flatpak/exports/share")]
    found.append(Path("/var/lib/snapd/desktop"))
    return [folder / "applications" for folder in dict.fromkeys(found)]


class Installed:
    """The entries as they are now. Read again when a folder has changed."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}  # by name
        self._phrases: dict[str, dict[str, str]] = {}  # by language: phrase -> name
        self._seen: Places | None = None
        self._looked = -_LOOK_AGAIN
        self.version = 0
        """How often they were read: another one than before, and names may have changed."""

    def refresh(self) -> None:
        """Read them again if a folder has changed. A tenth of a millisecond, if none has."""
        now = time.monotonic()
        if now - self._looked < _LOOK_AGAIN:
            return
        self._looked = now
        seen = tuple((folder, _changed(folder)) for folder in folders())
        if seen == self._seen:
            return
        self._seen = seen
        entries: dict[str, Entry] = {}
        for entry in _read_all():
            entries.setdefault(entry.name, entry)
        self._entries = entries
        self._phrases = {language: self._named(language) for language in ("en", "es")}
        self.version += 1

    def entries(self) -> list[Entry]:
        self.refresh()
        return list(self._entries.values())

    def phrases(self, language: str) -> Mapping[str, str]:
        """What may be said, with the name of the entry that is meant."""
        self.refresh()
        return self._phrases.get(language, {})

    def find(self, said: str, language: str) -> Entry | None:
        """The entry of this name, or of what sounds most like it."""
        phrases = self.phrases(language)
        if said in self._entries:
            return self._entries[said]
        words = _spoken(said)
        if words not in phrases:
            near = process.extractOne(words, list(phrases), scorer=fuzz.ratio, score_cutoff=_ALIKE)
            words = near[0] if near else ""
        return self._entries.get(phrases.get(words, ""))

    def also_called(self, name: str) -> list[str]:
        """What else an entry of this name is known by: its program, its id, its window."""
        self.refresh()
        entry = self._entries.get(name)
        if entry is None:
            return []
        program = "" if entry.program in RUNNERS else entry.program
        return [text for text in (program, entry.id, entry.window_class) if text]

    def _named(self, language: str) -> dict[str, str]:
        """The surest names first: a shorter one never takes that of another program."""
        found: dict[str, str] = {}
        entries = list(self._entries.values())
        for ways in (_full_names, _short_names, _generic_names):
            for entry in entries:
                for phrase in ways(entry, language):
                    if phrase and phrase not in _NO_NAMES:
                        found.setdefault(phrase, entry.name)
        return found


def sounding(installed: Installed, language: str) -> dict[str, str]:
    """What may be said of a program that plays something, with the name to go by; "browser" for
    any of the BROWSERS."""
    sounds = {entry.name for entry in installed.entries() if entry.categories & _SOUNDING}
    named = {said: name for said, name in installed.phrases(language).items() if name in sounds}
    return (
        {name: name for name in _KNOWN}
        | named
        | dict.fromkeys(_BROWSER.get(language, ()), "browser")
    )


def names_of(installed: Installed, app: str) -> list[str]:
    """All that a program may go by."""
    return list(BROWSERS) if app == "browser" else [app, *installed.also_called(app)]


def _changed(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


def _read_all() -> Iterator[Entry]:
    """Every entry once: the user's own hides that of the machine."""
    taken: set[str] = set()
    for folder in folders():
        for path in sorted(folder.rglob("*.desktop"))[:_MOST]:
            id = "-".join(path.relative_to(folder).with_suffix("").parts)
            if id not in taken:
                taken.add(id)
                if entry := desktop_entry.read(path, id):
                    yield entry


def _full_names(entry: Entry, language: str) -> Iterator[str]:
    for name in (entry.names[language], entry.name):
        yield _spoken(name)
        yield _spoken(re.sub(r"\(.*?\)", "", name))
        yield _spoken(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name))  # "LibreOffice"


def _short_names(entry: Entry, language: str) -> Iterator[str]:
    """ "chrome" for "Google Chrome", "vlc" for "VLC media player", "gimp" by its program."""
    words = _spoken(entry.name).split()
    if len(words) > 1 and words[0] in _MAKERS:
        yield " ".join(words[1:])
    for kind in _KINDS:
        if len(words) > len(kind.split()) and " ".join(words).endswith(f" {kind}"):
            yield " ".join(words[: -len(kind.split())])
    for text in (entry.program, entry.id.rpartition(".")[2]):
        if text not in RUNNERS and re.fullmatch(r"[a-zA-Z]{3,}", text):
            yield _spoken(text)


def _generic_names(entry: Entry, language: str) -> Iterator[str]:
    yield _spoken(entry.generic[language])


def _spoken(name: str) -> str:
    """As a phrase of a template: words, and none of its signs."""
    words = re.findall(r"[^\W_]+", name.casefold())
    return " ".join(words) if len(words) <= _MOST_WORDS else ""
