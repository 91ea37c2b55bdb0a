"""Recordings with labels: found, read, sampled. The format is in the package's docstring."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import msgspec

from assistant.errors import AudioFileError, ConfigError

LABELS = "labels.jsonl"
SOUNDS = {".wav", ".flac", ".ogg", ".opus", ".mp3", ".m4a"}
SEED = 7
"""Of everything drawn by lot, so that two runs measure the same."""

Purpose = Literal["words", "intent", "wake", "decoy", "not for us"]
"""decoy: a word or phrase that is not the wake word, and must not wake."""


class _Label(msgspec.Struct):
    """A line of labels.jsonl; what else is in it is ignored."""

    audio: str
    lang: str | None = None
    text: str | None = None
    intent: str | None = None
    slots: dict[str, str | int | float] = {}
    keyword: str | None = None
    positive: bool = True
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording and what is known about it."""

    path: Path
    folder: str  # from where the recordings begin: "wake_word/alexa"
    language: str
    purpose: Purpose
    text: str = ""
    intent: str = ""
    slots: dict[str, str] = field(default_factory=dict)
    keyword: str = ""
    kind: str = ""

    @property
    def name(self) -> str:
        return f"{self.folder}/{self.path.name}"


@dataclass(frozen=True, slots=True)
class Recordings:
    """Everything that was found to measure with."""

    clips: tuple[Clip, ...]
    noise: Path | None = None
    rooms: tuple[Path, ...] = ()

    def of(self, *purposes: Purpose) -> list[Clip]:
        return [clip for clip in self.clips if clip.purpose in purposes]


def find(root: Path, noise: Path | None = None, rooms: Path | None = None) -> Recordings:
    """All clips below `root`. noise, rooms: instead of those found there.

    Raises ConfigError (no such folder, no labels, a label that cannot be used) and
    AudioFileError (a file that a label names is missing).
    """
    if not root.is_dir():
        raise ConfigError(f"There is no folder {root}. Give one that holds recordings.")
    labelled = sorted(root.rglob(LABELS))
    if not labelled and not any(root.rglob("*.jsonl")):  # sentences without sound are enough
        raise ConfigError(
            f"There is no {LABELS} in {root} or below it. It holds one JSON object per clip, such "
            'as {"audio": "1.wav", "lang": "en", "text": "what time is it"}.'
        )
    clips = [clip for file in labelled for clip in _read(file, root)]
    rooms = rooms or next((p for p in sorted(root.rglob("rooms")) if p.is_dir()), None)
    return Recordings(
        tuple(clips),
        _existing(noise) if noise else _unlabelled_noise(labelled, clips),
        tuple(impulses(rooms)) if rooms else (),
    )


def impulses(folder: Path) -> list[Path]:
    """The impulse responses in a folder. Raises ConfigError when there is none."""
    found = [p for p in sorted(folder.glob("*")) if p.suffix.lower() in SOUNDS]
    if not found:
        raise ConfigError(f"There is no sound file in {folder}. It should hold impulse responses.")
    return found


def sample(clips: Iterable[Clip], count: int | None, seed: int = SEED) -> list[Clip]:
    """At most `count` clips of each folder, drawn by lot, in their order."""
    by_folder: dict[str, list[Clip]] = {}
    for clip in clips:
        by_folder.setdefault(clip.folder, []).append(clip)
    return [clip for name, group in by_folder.items() for clip in _lot(group, count, name, seed)]


def _lot(clips: list[Clip], count: int | None, folder: str, seed: int) -> list[Clip]:
    if count is None or count >= len(clips):
        return clips
    # a lot of its own for each folder: another folder beside it changes nothing
    drawn = random.Random(f"{seed} {folder}").sample(range(len(clips)), count)
    return [clips[index] for index in sorted(drawn)]


def _read(file: Path, root: Path) -> list[Clip]:
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file} cannot be read: {error}.") from error
    below = file.parent.relative_to(root)
    folder = below.as_posix() if below.parts else root.resolve().name
    clips = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            where = f"{file}, line {number}"
            clips.append(_clip(_parse(line, where), file.parent, folder, where))
    return clips


def _parse(line: str, where: str) -> _Label:
    try:
        return msgspec.json.decode(line, type=_Label)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise ConfigError(f"{where} is not a label: {error}.") from error


def _clip(label: _Label, place: Path, folder: str, where: str) -> Clip:
    language = label.lang or "en"
    if language not in ("en", "es"):
        raise ConfigError(f"{where}: lang {language!r} is not one we hear. Use en or es.")
    path = place / label.audio
    if not path.is_file():
        raise AudioFileError(f"There is no file {path}, which {where} names.")
    return Clip(
        path,
        folder,
        language,
        _purpose(label, place.name, where),
        label.text or "",
        label.intent or "",
        {name: str(value) for name, value in label.slots.items()},
        label.keyword or "",
        label.kind or "",
    )


def _purpose(label: _Label, folder: str, where: str) -> Purpose:
    if label.intent:
        return "intent"
    if label.kind:
        return "not for us"
    if not label.positive:
        return "decoy"
    if label.text:
        return "words"
    if label.keyword:
        return "wake" if label.keyword.replace(" ", "_") == folder else "decoy"
    raise ConfigError(
        f"{where}: none of the labels text, intent, keyword, kind is there, so nothing can be "
        "measured with this clip."
    )


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise AudioFileError(f"There is no file {path}. Check its name.")
    return path


def _unlabelled_noise(labelled: list[Path], clips: list[Clip]) -> Path | None:
    named = {clip.path for clip in clips}
    beside = [p for file in labelled for p in sorted(file.parent.iterdir())]
    sounds = [p for p in beside if p.suffix.lower() in SOUNDS and "noise" in p.stem]
    return next((p for p in sounds if p not in named), None)
