"""What a running assistant does when what it stands on breaks, at random moments.

    scripts/faults [--times N] [--seed N] [--alone] [--out FOLDER] [FAULT...]

A real sound server with a virtual microphone and speaker, the real program with its real ears,
and around it what the unit of its service promises: a watchdog, and a new start after 0.1 s
(systemd 254; older ones 2 s); with --alone there is only what the program does itself. A fault
is injected while it waits, listens, thinks or speaks; then a command is said until it is answered.

recovery: seconds from the end of the fault (device back, server back, machine awake, model mended;
of what needs nobody to mend it, from its beginning) to the first sound of an answer to a spoken
command, less the length of that command: so without any fault it is what an answer takes. Who is
not heard says it again 1.2 s after its end.
said: the same to the first sound of an answer or of an apology, whichever comes first.
noticed: seconds from the beginning of the fault until it told of it.
owed: commands that it listened to, and neither answered nor apologised for.
lost: of a timer, an alarm, a list, a note, sentences and settings what is not there in the end.
wrong: a timer that did not ring in time, what was stored without being told, or told without being
stored, a fault that was not noticed, a program that ended, and what each fault looks for.
history: turns that it told of, and those in its history afterwards.
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
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import _faults_kept as kept  # noqa: E402
from _faults_kinds import FAULTS, Fault  # noqa: E402
from _faults_room import Broken, Room, command_sound  # noqa: E402

from assistant.config import load  # noqa: E402
from assistant.speak.voices import load_voice  # noqa: E402
from assistant.types import Samples  # noqa: E402

WANTED = 5.0
"""Seconds to recovery, and to its being noticed; what was told in a slower round is kept."""
RING_LATE = 5.0
"""Seconds after its time, or after the end of the fault, in which a timer must ring."""

Row = dict[str, object]


def measure(
    fault: Fault, times: int, seed: int, command: Samples, out: Path, alone: bool = False
) -> Row:
    """One row of the table; each single measurement goes to a file of `out`."""
    chance = random.Random(f"{seed} {fault.name}")
    rows: list[Row] = []
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="faults-")))
        around = stack.enter_context(fault.around(folder)) if fault.around else {}
        kept.write_files(folder / "home")
        room = stack.enter_context(Room(folder, command, fault.settings, around, alone))
        kept.tell(room)
        for number in range(times):
            rows.append(once(room, fault, chance))
            print(f"{fault.name} {number + 1}/{times}: {rows[-1]}", file=sys.stderr, flush=True)
        gone = kept.lost(room, settings_edited=fault.name == "settings edited")
        row = {**_row(fault.name, rows, gone), "history": kept.history(room)}
        log = (folder / "assistant.log").read_text("utf-8", "replace")
    name = fault.name.replace(" ", "-")
    told = {"row": row, "rows": rows, "log": log[-40_000:]}
    (out / f"{name}.json").write_text(json.dumps(told, indent=1))
    return row


def once(room: Room, fault: Fault, chance: random.Random) -> Row:
    """Set a timer, break something at a random moment, and see what becomes of it."""
    due: float | None = None
    room.quiet()
    if chance.random() < 0.4:
        seconds = chance.randint(2, 6)
        if room.says(f"set a timer for {seconds} seconds"):  # else it begins anew just now
            due = time.monotonic() + seconds
    began, starts = time.monotonic(), room.starts
    if chance.random() < 0.6:  # else while it waits
        room.speak(room.into)
        time.sleep(chance.uniform(0, 3.0))
    broken = fault.inject(room, chance)
    recovered, apologies = room.answered_after(broken.since, broken.into)
    rang = _rang(room, began, due, broken) if due is not None else None
    noticed = room.event(set(fault.notices), broken.began) if fault.notices else None
    spoken = room.event({"speaking"}, broken.since)
    said = [recovered] if recovered is not None else []
    said += [spoken[0] - broken.since] if spoken else []
    row: Row = {
        "recovery": recovered,
        "said": round(min(said), 2) if said else None,
        "noticed": round(noticed[0] - broken.began, 2) if noticed else None,
        "apologies": apologies,
        "rang": rang,
        "note": broken.note,
        "owed": room.unanswered(began),
        "wrong": [
            *broken.wrong,
            *([f"rang after {rang}"] if rang is not None and rang > RING_LATE else []),
            *_unnoticed(fault, broken, noticed[0] if noticed else None),
            *([f"lost: {what}" for what in kept.gone(room)]),
            *(["it ended"] if room.starts > starts and not fault.ends else []),
        ],
    }
    if row["wrong"] or row["owed"] or recovered is None or recovered > WANTED:
        over = f"{broken.began - began:.1f} to {broken.since - began:.1f} the fault"
        row["told"] = [over, *_in_words(room, began)]
    return row


def _unnoticed(fault: Fault, broken: Broken, noticed: float | None) -> list[str]:
    if not fault.notices or not broken.notice:
        return []
    if noticed is None:
        return ["not noticed"]
    late = noticed - broken.began
    return [f"noticed after {late:.1f}"] if late > WANTED else []


def _rang(room: Room, began: float, due: float, broken: Broken) -> float:
    """Seconds that the timer rang too late; infinite: it did not."""
    wait = max(due, broken.since) + RING_LATE + 10 - time.monotonic()
    found = room.wait_for({"timer"}, began, max(wait, 0.1), "timer")
    return round(found[0] - max(due, broken.since), 2) if found else float("inf")


def _in_words(room: Room, since: float) -> list[str]:
    """What it told since a moment, with the seconds since then, to find out what went wrong."""
    return [
        f"{at - since:.1f} {e['event']} {e.get('text', '')}"
        f" {e['turn']['outcome'] if e.get('turn') else ''}".strip()
        for at, e in room.since(since)
    ]


def _row(name: str, rows: list[Row], lost: list[str]) -> Row:
    found = sorted(float(str(r["recovery"])) for r in rows if r["recovery"] is not None)
    said = sorted(float(str(r["said"])) for r in rows if r["said"] is not None)
    seen = sorted(float(str(r["noticed"])) for r in rows if r["noticed"] is not None)
    return {
        "fault": name,
        "times": len(rows),
        "recovered": len(found),
        "p50": _at(found, 0.5),
        "p95": _at(found, 0.95),
        "longest": _at(found, 1.0),
        "said_p95": _at(said, 0.95),
        "noticed": len(seen),
        "noticed_p95": _at(seen, 0.95),
        "apologies": sum(int(str(r["apologies"])) for r in rows),
        "notes": Counter(str(r["note"]) for r in rows if r["note"]),
        "rings": sum(r["rang"] is not None for r in rows),
        "owed": [what for r in rows for what in r["owed"]],  # type: ignore[attr-defined]
        "lost": lost,
        "wrong": [what for r in rows for what in r["wrong"]],  # type: ignore[attr-defined]
    }


def _at(found: list[float], part: float) -> float | None:
    """A quantile: the smallest value that so large a part of all does not exceed."""
    if not found:
        return None
    if part == 0.5:
        return round(statistics.median(found), 2)
    return round(found[max(0, -int(-part * len(found) // 1) - 1)], 2)


def _table(rows: list[Row]) -> str:
    lines = [
        "| fault | recovered | p50 / p95 / longest, s | said p95, s | noticed (p95, s) "
        "| apologies | rang | owed | lost | wrong |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for r in rows:
        spread = f"{r['p50']} / {r['p95']} / {r['longest']}"
        seen = f"{r['noticed']} ({r['noticed_p95']})" if r["noticed"] else ""
        counts = [len(r[k]) for k in ("owed", "lost", "wrong")]  # type: ignore[arg-type]
        cells = [
            r["fault"],
            f"{r['recovered']} of {r['times']}",
            spread,
            r["said_p95"],
            seen,
            r["apologies"],
        ]
        lines.append(f"| {' | '.join(map(str, [*cells, r['rings'], *counts]))} |")
    return "\n".join(lines)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--times", type=int, default=50)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--alone", action="store_true", help="without a service manager")
    asked.add_argument("--out", type=Path, default=Path("figures"))
    asked.add_argument("--list", action="store_true")
    asked.add_argument("fault", nargs="*", help="a part of a name; all without")
    given = asked.parse_args()
    if given.list:
        sys.exit(print("\n".join(fault.name for fault in FAULTS)))
    chosen = _chosen(given.fault) if given.fault else FAULTS
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ASSISTANT_MODELS"] = _models()
        os.environ["ASSISTANT_HOME"] = folder
        command = command_sound(load_voice(load().config.speak, "en"))
    rows = []
    for fault in chosen:
        row = measure(fault, given.times, given.seed, command, given.out, given.alone)
        rows.append(row)
        with (given.out / "faults.jsonl").open("a") as file:
            file.write(json.dumps(row) + "\n")
        print(" ".join(f"{key} {value}" for key, value in row.items()), flush=True)
    print(_table(rows))
    sys.exit(
        any(r["recovered"] != r["times"] or r["lost"] or r["wrong"] or r["owed"] for r in rows)
    )


def _chosen(parts: list[str]) -> list[Fault]:
    """Those that are called so, or have that in their names."""
    names = {fault.name for fault in FAULTS}
    exact, others = names & set(parts), set(parts) - names
    return [f for f in FAULTS if f.name in exact or any(part in f.name for part in others)]


def _models() -> str:
    from assistant import paths

    return os.environ.get("ASSISTANT_MODELS") or str(paths.data_dir() / "models")


if __name__ == "__main__":
    main()
