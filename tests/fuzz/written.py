"""Files that a person writes: settings, profiles, catalog, sentences, commands, names, routines."""

# ruff: noqa: E501  the inputs are as they are

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import tomli_w
import yaml

from assistant import config
from assistant.handlers.desktop import desktop_entry
from assistant.handlers.home.own_names import read_names
from assistant.handlers.machine.board_lines import read_lines
from assistant.handlers.own.commands import Commands
from assistant.handlers.own.own_sentences import OwnSentences
from assistant.handlers.own.taught_store import TaughtStore
from assistant.models import catalog
from tests.fuzz.mutating import DEEP, altered, damaged, deep_text, odd
from tests.fuzz.trying import Kind

SETTINGS = {
    "profile": "none", "language": "en", "audio": {"gain": 1.0, "block_ms": 64},
    "wake": {"word": "alexa", "threshold": 0.4, "sensitivity": "high"},
    "stt": {"beam": 2, "words": ["Ana", "Peter"], "threads": 2, "remote": ""},
    "think": {"max_tokens": 60, "model": "none"}, "home": {"broker": "localhost", "port": 1883},
    "governor": {"battery": ["think.max_tokens=40"], "pin": ["hot"]},
    "wyoming": {"serve": ["stt"], "host": "127.0.0.1"}, "power": {"meter": ["cat", "x"]},
}  # fmt: skip
MODEL = {
    "id": "mine", "task": "llm", "languages": ["en"], "licence": "MIT", "bytes": 3, "ram_mb": 1,
    "note": "a model", "tools": False, "files": [{"name": "model.gguf"}],
    "hub": "me/model",
}  # fmt: skip
SENTENCES = {
    "language": "en",
    "intents": {
        "OrderDrink": {
            "response": "{size} {drink}, coming up.",
            "data": [{"sentences": ["(i want|give me) [a] [{size}] {drink} [with {milk}]",
                                    "<order> {drink} {count} times"],
                      "slots": {"x": "y"}, "requires_context": {"area": {"slot": True}}}],
        },
        "Other": {"data": [{"sentences": ["turn [the] {drink} (up|down)"]}]},
    },
    "lists": {"size": {"values": ["small", {"in": "twelve ounce", "out": 12}]},
              "drink": {"values": ["latte", "(iced|hot) coffee"]}, "milk": {"wildcard": True},
              "count": {"range": {"from": 1, "to": 100, "step": 1}}},
    "expansion_rules": {"order": "(order|bring me)"}, "skip_words": ["please"],
}  # fmt: skip
COMMANDS = {
    "backup": {"en": ["back up [my] {what}"], "run": ["rsync", "-a", "{what}/", "/b/{what}/"],
               "slots": {"what": {"values": ["documents", "pictures"]}},
               "say": {"en": "Your {what} are safe."}, "confirm": False, "undo": ["true"]},
    "deploy": {"en": ["deploy {n}"], "run": ["make", "{n}"], "slots": {"n": "number"}},
}  # fmt: skip
ROUTINES = {"routine": [{"say": ["movie time", "film"], "do": ["dim the screen", "turn it up"],
                         "language": "en"}, {"say": "bye", "do": "lock the screen"}]}  # fmt: skip
NAMES = {"room": [{"name": "kitchen", "aliases": ["cocina"], "floor": "ground"}],
         "floor": [{"name": "ground", "aliases": ["downstairs"]}],
         "device": [{"id": "0x1", "name": "lamp", "room": "kitchen", "kind": "light",
                     "aliases": ["bulb"]}]}  # fmt: skip
LINES = {"line": [{"name": "lamp", "line": 17, "chip": "gpiochip0", "aliases": ["luz"]},
                  {"name": "pump", "line": "PUMP", "active_low": True, "careful": True}]}  # fmt: skip
ENTRY = b"""[Desktop Entry]
Name=Firefox ESR
Name[es]=Zorro
GenericName[es_ES]=Navegador web
Exec="/opt/VS Code/code" --unity "a \\\\"quoted\\\\" one" %F --icon=%i %% %k %u
Terminal=false
Type=Application
Icon=firefox
TryExec=sh
OnlyShowIn=GNOME;Unity;
Categories=Network;WebBrowser;
"""
BOMBS = [
    b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
        b"%c: &%c [%s]\n" % (c + 1, c + 1, b",".join([b"*%c" % c] * 9)) for c in range(97, 107)),
    b"&a [*a]", b"a: &a {b: *a}", b"- &x\n  - *x", b"<<: {a: 1}\n<<: [{b: 2}]",
    b"!!python/object/apply:os.system ['touch /tmp/x']", b"2001-13-45", b"a: 2001-99-99 25:61:61",
    b"? [a, b]\n: c", b"0x" + b"f" * 6000, b"1" * 6000, b"? {a: b}\n: 1", b"!!binary '%%%'",
    b"!!set {a, b}", b"!!timestamp x", b"!!int x", b"!!float 'x'", b"\t\t- x", b"%YAML 9.9\n---\na",
    b"language: en\nintents: {A: {data: [{sentences: ['" + b"(a|b)" * 400 + b"']}]}}",
    b"language: en\nintents: {A: {data: [{sentences: ['(a;b;c;d;e;f;g;h;i;j;k;l)']}]}}",
    b"language: en\nintents: {A: {data: [{sentences: ['" + b"[" * 900 + b"a" + b"]" * 900 + b"']}]}}",
    b"language: en\nintents: {A: {data: [{sentences: ['<r>']}]}}\nexpansion_rules: {r: 'x <r>'}",
    b"language: en\nintents: {A: {data: [{sentences: ['<r> <r>']}]}}\nexpansion_rules: {" + b", ".join(
        b"r%s: '<r%d> <r%d>'" % (b"" if n == 0 else b"%d" % n, n + 1, n + 1) for n in range(30))
    + b", r30: x}",
    b"language: en\nintents: {A: {data: [{sentences: ['{n}']}]}}\n"
    b"lists: {n: {range: {from: 0, to: 999999999}}}",
    b"language: en\nintents: {A: {data: [{sentences: ['" + b"[a] " * 60 + b"']}]}}",
]  # fmt: skip
DEEP_TOML = [b"a = " + b"[" * DEEP + b"]" * DEEP, b"a = " + b"{b=" * DEEP + b"1" + b"}" * DEEP,
             b"a" + b".a" * 50_000 + b" = 1", b"[" + b"a." * 20_000 + b"a]", b"a=" + b"9" * 5000,
             b"a = 1979-05-27T07:32:00.999999999999Z", b"a = 9999-12-31T23:59:59-23:59",
             b"a = inf", b"[[model]]\n" * 3000]  # fmt: skip


def _in_toml(valid: Any) -> Any:
    raw = tomli_w.dumps(valid).encode()

    def make(chance: random.Random, _: Any) -> bytes:
        roll = chance.random()
        if roll < 0.06:
            return chance.choice([*DEEP_TOML, deep_text(chance)])
        if roll < 0.5:
            try:
                return tomli_w.dumps(_plain(altered(valid, chance, 0.2))).encode(
                    "utf-8", "surrogatepass"
                )
            except (TypeError, ValueError, RecursionError):
                return damaged(raw, chance)
        return damaged(raw, chance, DEEP_TOML)

    return make


def _plain(value: Any) -> dict[str, Any]:
    """A table, of what TOML can hold."""
    return value if isinstance(value, dict) else {"a": value}


def _in_yaml(valid: Any) -> Any:
    raw = yaml.safe_dump(valid, sort_keys=False).encode()

    def make(chance: random.Random, _: Any) -> bytes:
        roll = chance.random()
        if roll < 0.1:
            return chance.choice([*BOMBS, deep_text(chance)])
        if roll < 0.2:
            return damaged(chance.choice(BOMBS), chance, BOMBS)
        if roll < 0.6:
            try:
                made = yaml.safe_dump(altered(valid, chance, 0.15), sort_keys=False)
                return made.encode("utf-8", "surrogatepass")
            except (ValueError, RecursionError, yaml.YAMLError):
                return damaged(raw, chance)
        return damaged(raw, chance, BOMBS)

    return make


def _placed(folder: Path) -> Path:
    """A home whose files are those of the case."""
    for name in ("config", "sentences", "routines"):
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    return folder


def _settings(raw: bytes, folder: Path) -> None:
    file = folder / "config.toml"
    file.write_bytes(raw)
    config.load((), file)


def _option(chance: random.Random, _: Any) -> str:
    keys = ("stt.beam", "wake.word", "audio.gain", "language", "stt.words", "a.b.c", "", "think")
    raw = damaged(f"{chance.choice(keys)}={odd(chance)!r}".encode(), chance, most=2)
    return raw.decode("utf-8", "replace")


def _catalog(raw: bytes, folder: Path) -> None:
    file = folder / "catalog.toml"
    file.write_bytes(raw)
    catalog._read.cache_clear()
    catalog._read(file, 1)


def _profile(raw: bytes, folder: Path) -> None:
    """As if it shipped with the program: a device profile is a layer like the user's."""
    config._layer(config._read(_write(folder / "profile.toml", raw)), "profile")


def _write(file: Path, raw: bytes) -> Path:
    file.write_bytes(raw)
    return file


def _problems(found: list[str]) -> str | None:
    for problem in found:
        if len(problem) > 5000 or "Traceback" in problem or not problem.endswith("."):
            return f"a problem that is no sentence: {problem[:80]!r} ... {problem[-60:]!r}"
    return None


def _sentences(raw: bytes, folder: Path) -> str | None:
    _write(folder / "sentences" / "x.yaml", raw)
    return _problems(OwnSentences(folder / "sentences", ["en", "es"]).problems)


def _commands(raw: bytes, folder: Path) -> str | None:
    return _problems(Commands(_write(folder / "config" / "commands.toml", raw), 10.0).problems)


def _routines(suffix: str) -> Any:
    def run(raw: bytes, folder: Path) -> str | None:
        place = folder / f"routines-{suffix}"
        place.mkdir(exist_ok=True)
        _write(place / f"a.{suffix}", raw)
        phrases = _write(folder / f"phrases-{suffix}.toml", raw)
        store = TaughtStore(phrases, place, "en")
        store.lessons()
        return _problems(store.problems)

    return run


def _names(suffix: str) -> Any:
    return lambda raw, folder: read_names(_write(folder / f"home.{suffix}", raw)) and None


def _entry(raw: bytes, folder: Path) -> str | None:
    found = desktop_entry.read(_write(folder / "x.desktop", raw), "x")
    if found is not None:
        command = found.argv(["/tmp/a file"])
        if not all(isinstance(word, str) for word in command):
            return "a word of the command is no text"
    return None


KINDS = [
    Kind("settings", 8_000, _placed, _in_toml(SETTINGS), _settings),
    Kind("--set", 4_000, _placed, _option, lambda text, _: config.load([text]) and None),
    Kind("profile", 3_000, _placed, _in_toml(SETTINGS), _profile),
    Kind("catalog", 4_000, _placed, _in_toml({"model": [MODEL]}), _catalog),
    Kind("sentences", 4_000, _placed, _in_yaml(SENTENCES), _sentences),
    Kind("commands", 2_500, _placed, _in_toml(COMMANDS), _commands),
    Kind("routines (toml)", 1_500, _placed, _in_toml(ROUTINES), _routines("toml")),
    Kind("routines (yaml)", 1_500, _placed, _in_yaml(ROUTINES), _routines("yaml")),
    Kind("names of the home (toml)", 1_000, _placed, _in_toml(NAMES), _names("toml")),
    Kind("names of the home (yaml)", 1_500, _placed, _in_yaml(NAMES), _names("yaml")),
    Kind("lines of a board", 1_500, _placed, _in_toml(LINES),
         lambda raw, folder: read_lines(_write(folder / "board.toml", raw)) and None),
    Kind("desktop entries", 2_500, _placed,
         lambda chance, _: damaged(ENTRY, chance, [ENTRY]), _entry),
]  # fmt: skip
