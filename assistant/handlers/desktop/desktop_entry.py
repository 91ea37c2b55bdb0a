"""A desktop entry: the file by which a desktop knows a program.

https://specifications.freedesktop.org/desktop-entry-spec/latest/
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

_MOST_BYTES = 256_000
_GROUP = "Desktop Entry"
_LANGUAGES = ("en", "es")
_ESCAPES = {r"\s": " ", r"\n": "\n", r"\t": "\t", r"\r": "\r", r"\\": "\\"}
_ONE = {"%f", "%u"}  # a file or a URL
_MANY = {"%F", "%U"}  # all of them
_NOTHING = {"%d", "%D", "%n", "%N", "%v", "%m"}  # no longer used


@dataclass(frozen=True, slots=True)
class Entry:
    """A program that can be started from a menu. Texts per language."""

    id: str  # "org.gnome.Nautilus", without ".desktop"
    path: Path
    names: Mapping[str, str]
    generic: Mapping[str, str]  # "Web Browser"
    exec: str
    icon: str = ""
    folder: str = ""  # to start in
    terminal: bool = False
    activatable: bool = False  # started by D-Bus, at the name `id`
    window_class: str = ""
    categories: frozenset[str] = frozenset()  # "AudioVideo", "WebBrowser"

    @property
    def name(self) -> str:
        return self.names["en"]

    @property
    def program(self) -> str:
        """The file name of what is run: "firefox-esr"; empty when it cannot be told."""
        argv = self.argv()
        return Path(argv[0]).name if argv else ""

    def argv(self, files: Iterable[str] = ()) -> list[str]:
        """The command, with files or URLs where it takes them; empty when it is damaged.

        No shell ever sees it, so a file name stays a file name.
        """
        try:
            words = shlex.split(self.exec)
        except ValueError:  # a quote that is never closed
            return []
        files = list(files)
        argv: list[str] = []
        for word in words:
            if word in _MANY:
                argv += files
            elif word == "%i":
                argv += ["--icon", self.icon] if self.icon else []
            elif word in _ONE:
                argv += files[:1]
            elif word not in _NOTHING:
                argv.append(self._filled(word, files))
        return argv

    def takes_files(self) -> bool:
        return bool(re.search("%[fFuU]", self.exec))

    def _filled(self, word: str, files: list[str]) -> str:
        first = files[0] if files else ""
        codes = {"%f": first, "%u": first, "%c": self.name, "%k": str(self.path), "%%": "%"}
        return re.sub("%.", lambda code: codes.get(code[0], ""), word)


def read(path: Path, id: str) -> Entry | None:
    """The entry in a file; None when it is none that a menu would show here."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            return None
        keys = _keys(path.read_text("utf-8", errors="replace"))
    except OSError:
        return None
    if not _shown(keys):
        return None
    names = {language: _localised(keys, "Name", language) for language in _LANGUAGES}
    if not names["en"] or not keys.get("Exec"):
        return None
    return Entry(
        id,
        path,
        names,
        {language: _localised(keys, "GenericName", language) for language in _LANGUAGES},
        keys["Exec"],
        icon=keys.get("Icon", ""),
        folder=keys.get("Path", ""),
        terminal=keys.get("Terminal") == "true",
        activatable=keys.get("DBusActivatable") == "true",
        window_class=keys.get("StartupWMClass", ""),
        categories=frozenset(_list(keys, "Categories")),
    )


def _keys(text: str) -> dict[str, str]:
    """The keys of the first group, with their escapes resolved."""
    found: dict[str, str] = {}
    group = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            group = line.strip("[]")
        elif group == _GROUP and "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found.setdefault(
                key.strip(), re.sub(r"\\.", lambda m: _ESCAPES.get(m[0], m[0]), value.strip())
            )
    return found


def _localised(keys: Mapping[str, str], key: str, language: str) -> str:
    """In a language, or in one of its countries, or as it stands for all."""
    if language != "en":
        if f"{key}[{language}]" in keys:
            return keys[f"{key}[{language}]"]
        for name, text in keys.items():
            if name.startswith(f"{key}[{language}_"):
                return text
    return keys.get(key, "")


def _shown(keys: Mapping[str, str]) -> bool:
    if keys.get("Type") != "Application":
        return False
    if "true" in (keys.get("Hidden"), keys.get("NoDisplay")):
        return False
    desktops = set(os.environ.get("XDG_CURRENT_DESKTOP", "").split(":")) - {""}
    only, never = _list(keys, "OnlyShowIn"), _list(keys, "NotShowIn")
    if desktops & never or (only and not desktops & only):
        return False
    wanted = keys.get("TryExec", "")
    return not wanted or shutil.which(wanted) is not None


def _list(keys: Mapping[str, str], key: str) -> set[str]:
    return set(keys.get(key, "").split(";")) - {""}
