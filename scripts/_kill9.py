"""What `kill -9` at random moments does to timers, alarms, reminders and commands for later.

    scripts/kill9 [KILLS [SEED]]

A child sets, rings, snoozes, pauses, skips, cancels and takes back, and writes down each change
once it is told that it is done; its clock runs fast. It is killed, the next child goes on with the
same file, and after each kill what is in the file is held against what was written down. Lost: an
item that should be there and is not. Doubled: one that is there twice, that came back after it was
over, or an occurrence that was given out twice. Prints the counts; fails when one is not zero.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
LONGEST = 0.3
"""Seconds of work before a kill."""

CHILD = """
import datetime as dt, random, sys
from pathlib import Path
from assistant.handlers.timekeeping.due_items import at_wall
from assistant.handlers.timekeeping.due_store import DueStore

path, seed, start, tick = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
chance, store = random.Random(seed), DueStore(path)
now = dt.datetime.fromtimestamp(start, dt.UTC)
tag = lambda n: f"{seed}-{n}"


def told(what, item, extra=""):
    print(what, item.id, item.text, item.kind, extra, flush=True)


def intend(what, item):
    print("will", what, item.id, flush=True)


print("begun", flush=True)
for n in range(100_000):
    now += dt.timedelta(seconds=tick)
    for item in store.due(now):
        told("rang", item, item.due.timestamp())
    items = store.all()
    what = chance.choice(("set", "set", "wall", "recurring", "over", "snooze", "pause", "resume",
                          "cancel", "skip", "undo", "unheard"))
    print("now", now.timestamp(), flush=True)
    kind = chance.choice(("timer", "alarm", "reminder", "command"))
    if what in ("set", "wall", "recurring") and len(items) < 60:
        print("will", "set", tag(n), kind, flush=True)
        later = (now + dt.timedelta(seconds=chance.randint(60, 4000))).replace(tzinfo=None)
        if what == "set":
            length = dt.timedelta(seconds=chance.randint(1, 4000))
            item = store.start(kind, length, now, tag(n), "en")
        else:
            rule = "FREQ=DAILY" if what == "recurring" else ""
            item = store.add(at_wall(kind, later, dt.UTC, tag(n), "en", rule))
        told("set", item)
    elif items:
        item = chance.choice(items)
        if what == "over" and item.state == "ringing":
            intend("over", item), store.over(item.id, now), told("over", item, item.rule)
        elif what == "unheard" and item.state == "ringing":
            intend("over", item), store.unheard(item.id, now), told("over", item, item.rule)
        elif what == "snooze" and item.state == "ringing":
            intend("snooze", item)
            store.snooze([item], dt.timedelta(minutes=10), now), told("snoozed", item)
        elif what == "pause":
            store.pause(item.id, now)
        elif what == "resume":
            store.resume(item.id, now)
        elif what == "skip" and item.rule:
            store.skip([item.id], None, now)
        elif what == "cancel" and chance.random() < 0.5:
            intend("cancel", item), store.remove([item]), told("gone", item)
            if chance.random() < 0.4:
                print("will", "put", item.id, flush=True)
                store.put([item]), told("back", item)
"""


@dataclass
class Known:
    """What a child was told, and what it was about to do when it was killed."""

    there: dict[int, str] = field(default_factory=dict)  # id -> text
    open: set[str] = field(default_factory=set)  # ids or texts of which nobody can tell
    rang: set[tuple[int, str]] = field(default_factory=set)  # id, occurrence
    twice: int = 0
    now: float = 1_800_000_000.0
    lines: int = 0

    def read(self, line: str) -> None:
        what, *rest = line.split(" ")
        self.lines += 1
        match what:
            case "now":
                self.now = float(rest[0])
            case "will":
                self.open.add(rest[1])
            case "set" | "back":
                self.there[int(rest[0])] = rest[1]
                self.open -= {rest[0], rest[1]}
            case "rang":
                occurrence = (int(rest[0]), rest[3])
                self.twice += occurrence in self.rang
                self.rang.add(occurrence)
            case "over":
                self.open.discard(rest[0])
                if not rest[3]:
                    self.there.pop(int(rest[0]), None)
            case "snoozed":
                self.open.discard(rest[0])
            case "gone":
                self.there.pop(int(rest[0]), None)
                self.open.discard(rest[0])


def run(folder: Path, kills: int, seed: int) -> tuple[int, int, int, int]:
    """(kills, changes told, lost, doubled)."""
    sys.path.insert(0, str(ROOT))
    from assistant.handlers.timekeeping.due_store import DueStore

    chance, known, lost, doubled = random.Random(seed), Known(), 0, 0
    path = folder / "assistant.db"
    for n in range(kills):
        _child(path, seed * 10_000 + n, known, chance)
        store = DueStore(path)  # as the next start of the program does
        items = store.all()
        store.close()
        found = {item.id: item.text for item in items}
        texts = [item.text for item in items]
        unsure = known.open
        lost += sum(1 for id, text in known.there.items()
                    if id not in found and not {str(id), text} & unsure)  # fmt: skip
        doubled += sum(1 for id, text in found.items()
                       if id not in known.there and not {str(id), text} & unsure)  # fmt: skip
        doubled += len(texts) - len(set(texts))
        known.there, known.open = found, set()
    return kills, known.lines, lost, doubled + known.twice


def _child(path: Path, seed: int, known: Known, chance: random.Random) -> None:
    """Let one work for a random while, and kill it."""
    tick = chance.choice((1, 30, 600))
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path), str(seed), str(known.now), str(tick)],
        stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert child.stdout is not None
    child.stdout.readline()
    time.sleep(chance.uniform(0, LONGEST))
    child.kill()
    lines = child.stdout.read().split("\n")
    child.wait()
    child.stdout.close()
    for line in lines[:-1]:  # the last may be cut off
        known.read(line)


if __name__ == "__main__":
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as folder:
        killed, changes, lost, doubled = run(Path(folder), kills, seed)
    print(f"killed {killed} times, in {changes} reports: {lost} lost, {doubled} doubled")
    sys.exit(bool(lost or doubled))
