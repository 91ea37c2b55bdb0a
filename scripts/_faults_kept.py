"""What the user of the room has set, and what of it is lost in the end."""

from __future__ import annotations

from pathlib import Path

from _faults_room import Room

SENTENCES = """\
language: en
intents:
  OpenSesame:
    response: "The cave is open."
    data:
      - sentences: ["open sesame [please]"]
"""
SETTINGS = "[audio]\nduck_db = 9.5\n"


def write_files(home: Path) -> None:
    """Before the first start: settings, and sentences of the user's own."""
    folder = home / "config" / "sentences"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(SENTENCES)
    (folder.parent / "config.toml").write_text(SETTINGS)


def tell(room: Room) -> None:
    """Once it runs: what is said to it."""
    for text in (
        "set a timer for two hours called tea",
        "set an alarm for seven in the morning tomorrow",
        "add milk to my shopping list",
        "make a note: the key is under the mat",
    ):
        room.says(text)


def gone(room: Room) -> list[str]:
    """What is not on disk any more: cheap, after each fault."""
    due = room.rows("SELECT text, kind, state FROM due")
    found = [] if ("tea", "timer", "running") in due else ["the timer"]
    found += [] if any(row[1:] == ("alarm", "running") for row in due) else ["the alarm"]
    found += [] if any("milk" in str(row) for row in room.rows("SELECT * FROM entry")) else ["list"]
    sentences = room.home / "config" / "sentences" / "mine.yaml"
    return found + ([] if sentences.read_text() == SENTENCES else ["the sentences"])


def lost(room: Room, *, settings_edited: bool) -> list[str]:
    """What it does not know any more in the end, or has not noted down."""
    asked = (
        ("what is on my shopping list", "milk"),
        ("read me my notes", "mat"),
        ("open sesame", "cave"),
    )
    found = gone(room) + [word for text, word in asked if word not in room.says(text).lower()]
    kept = (room.home / "config" / "config.toml").read_text() == SETTINGS
    return found + ([] if kept or settings_edited else ["the settings"])


def history(room: Room) -> tuple[int, int]:
    """Turns that it told of, and those in its history. The last one before a kill may be missing,
    and those while the disk was full."""
    told = sum("turn" in event for _, event in room.since(0.0))
    files = (room.home / "state").rglob("*.jsonl*")
    return told, sum(len(file.read_bytes().splitlines()) for file in files)
