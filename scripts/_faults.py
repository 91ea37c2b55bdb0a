"""What a running assistant does when what it stands on breaks, at random moments.

    scripts/faults [--times N] [--seed N] [--out FOLDER] [FAULT...]

A real sound server with a virtual microphone and speaker, the real program with its real ears. A
fault is injected while it waits, listens, thinks or speaks; then a command is said until it is
answered. `recovery` is the time from the end of the fault (where it has one, else from its
beginning) to the first sound of an answer, less the time that saying the command takes, so without
any fault it is what an answer takes. Before each fault a timer is set that comes due about then.

lost: of a timer, an alarm, a list and a note that were set before, what is not there in the end.
wrong: a timer that did not ring in time, what was stored without being told, or told without being
stored, and what each fault looks for beside that.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from _faults_kinds import FAULTS, Broken, Fault  # noqa: E402
from _faults_room import Room, command_sound  # noqa: E402

from assistant.config import load  # noqa: E402
from assistant.speak.voices import load_voice  # noqa: E402
from assistant.types import Samples  # noqa: E402

WANTED = 5.0
"""Seconds to recovery; what was told in a slower one is kept."""
RING_LATE = 5.0
"""Seconds after its time, or after the end of the fault, in which a timer must ring."""


def measure(fault: Fault, times: int, seed: int, command: Samples, out: Path) -> dict[str, object]:
    """One row of the table; each single measurement goes to a file of `out`."""
    chance = random.Random(f"{seed} {fault.name}")
    rows: list[dict[str, object]] = []
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="faults-")))
        around = stack.enter_context(fault.around(folder)) if fault.around else {}
        room = Room(folder, command, fault.settings, around, restarts=fault.restarts)
        stack.enter_context(room)
        room.set_up()
        for number in range(times):
            rows.append(_once(room, fault, chance))
            print(f"{fault.name} {number + 1}/{times}: {rows[-1]}", file=sys.stderr, flush=True)
        gone = room.lost()
        log = (folder / "assistant.log").read_text("utf-8", "replace")
    name = fault.name.replace(" ", "-").replace(",", "")
    (out / f"{name}.json").write_text(
        json.dumps({"rows": rows, "lost": gone, "log": log[-20_000:]})
    )
    return _row(fault.name, rows, gone)


def _once(room: Room, fault: Fault, chance: random.Random) -> dict[str, object]:
    """Set a timer, break something at a random moment, and see what becomes of it."""
    due = 0.0
    room.quiet()
    if ring := chance.random() < 0.5:
        seconds = chance.randint(3, 8)
        room.says(f"set a timer for {seconds} seconds")
        due = time.monotonic() + seconds
    began = time.monotonic()
    if chance.random() < 0.6:  # else while it waits
        room.speak(room.into)
        time.sleep(chance.uniform(0, 3.5))
    broken = fault.inject(room, chance)
    recovered, apologies = room.answered_after(broken.since, broken.into)
    rang = _rang(room, began, due, broken) if ring else None
    room.quiet()
    wrong = broken.wrong or ("" if rang is None or rang <= RING_LATE else f"rang after {rang}")
    row = {"recovery": recovered, "apologies": apologies, "rang": rang, "wrong": wrong}
    if wrong or recovered is None or recovered > WANTED:
        row["told"] = [f"{broken.since - began:.1f} the fault was over", *room.told(began)]
    return row


def _rang(room: Room, began: float, due: float, broken: Broken) -> float:
    """Seconds that the timer rang too late; infinite: it did not."""
    wait = max(due, broken.since) + RING_LATE + 10 - time.monotonic()
    found = room.wait_for({"timer"}, began, max(wait, 0.1))
    return round(found[0] - max(due, broken.since), 2) if found else float("inf")


def _row(name: str, rows: list[dict[str, object]], gone: list[str]) -> dict[str, object]:
    found = sorted(float(str(r["recovery"])) for r in rows if r["recovery"] is not None)
    p95 = found[min(len(found) - 1, round(0.95 * len(found)))] if found else None
    return {
        "fault": name,
        "times": len(rows),
        "recovered": len(found),
        "p50": round(statistics.median(found), 2) if found else None,
        "p95": round(p95, 2) if p95 is not None else None,
        "longest": round(found[-1], 2) if found else None,
        "apologies": sum(int(str(r["apologies"])) for r in rows),
        "rings": sum(r["rang"] is not None for r in rows),
        "lost": gone,
        "wrong": [str(r["wrong"]) for r in rows if r["wrong"]],
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--times", type=int, default=50)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--out", type=Path, default=Path("figures"))
    asked.add_argument("--list", action="store_true")
    asked.add_argument("fault", nargs="*", help="a part of a name; all without")
    given = asked.parse_args()
    chosen = [f for f in FAULTS if not given.fault or any(part in f.name for part in given.fault)]
    if given.list:
        sys.exit("\n".join(fault.name for fault in FAULTS))
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ASSISTANT_MODELS"] = _models()
        os.environ["ASSISTANT_HOME"] = folder
        command = command_sound(load_voice(load().config.speak, "en"))
    bad = False
    for fault in chosen:
        row = measure(fault, given.times, given.seed, command, given.out)
        with (given.out / "faults.jsonl").open("a") as file:
            file.write(json.dumps(row) + "\n")
        print(" ".join(f"{key} {value}" for key, value in row.items()), flush=True)
        bad = bad or row["recovered"] != row["times"] or bool(row["lost"] or row["wrong"])
    sys.exit(bad)


def _models() -> str:
    from assistant import paths

    return os.environ.get("ASSISTANT_MODELS") or str(paths.data_dir() / "models")


if __name__ == "__main__":
    main()
