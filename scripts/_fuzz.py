"""What scripts/fuzz runs: damaged input of every kind, and what the program made of it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # the kinds live with the tests

from tests.fuzz.running import KINDS, run  # noqa: E402

WHOLE = sum(kind.cases for kind in KINDS)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=int, nargs="?", default=100_000, help="in all")
    parser.add_argument("seed", type=int, nargs="?", default=1)
    parser.add_argument("--kind", default="", help="only those whose name holds this")
    parser.add_argument("--case", type=int, help="only this one, of each of those kinds")
    given = parser.parse_args()
    table = Table(title="\nDamaged input", title_justify="left", title_style="bold", box=SIMPLE)
    for name in ("kind", "cases", "faults", "seconds"):
        table.add_column(name, justify="left" if name == "kind" else "right")
    cases = faults = 0
    console = Console(width=150)
    for kind in KINDS:
        if given.kind not in kind.name:
            continue
        count = max(1, round(given.cases * kind.cases / WHOLE)) if given.case is None else 1
        found = run(kind, given.seed, count, given.case or 0)
        table.add_row(kind.name, f"{count}", f"{len(found.faults)}", f"{found.seconds:.0f}")
        cases, faults = cases + count, faults + len(found.faults)
        print(f"{kind.name}: {count} cases, {len(found.faults)} faults, {found.seconds:.0f} s",
              flush=True)  # fmt: skip
        for fault in found.faults[:20]:
            print(f"  case {fault.case}: {fault.what}  {fault.where}", flush=True)
    table.add_section()
    table.add_row("all", f"{cases}", f"{faults}", "")
    console.print(table)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
