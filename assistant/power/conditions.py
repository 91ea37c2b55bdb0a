"""What the machine is like at the moment, for the governor: read below a root, like all meters."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable
from pathlib import Path

from assistant import sysfs
from assistant.power import cgroup, power_supply, thermal
from assistant.power.governor import Conditions
from assistant.power.ladder import Memory
from assistant.power.load import Load, tree
from assistant.settings import Config

KEPT_FREE = 0.15
"""Share of a cgroup that is to stay free: the longest sentence takes 60 MB while it is spoken."""


class Reader:
    """Reads all of it; takes some milliseconds, and a battery's controller may take a hundred.

    root: of the file system. budget_mb: what our processes may take, 0 for no limit; less where
    our cgroup allows less, at each look, as that may change. least_free_mb: what is to stay free.
    clock: seconds. need: MB of the settings of the moment, by the plan.
    """

    def __init__(
        self,
        root: Path,
        budget_mb: float,
        least_free_mb: float,
        clock: Callable[[], float],
        need: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self._root = root
        self._budget = budget_mb
        self._least_free = least_free_mb
        self._load = Load(root, clock)
        self._need = need

    def read(self) -> Conditions:
        charge = power_supply.read(self._root)
        heat = next((h for h in thermal.temperatures(self._root) if h.part == "processor"), None)
        return Conditions(
            on_battery=self._on_battery(charge),
            charge=charge.percent if charge is not None else None,
            celsius=heat.celsius if heat is not None else None,
            limit=heat.limit if heat is not None else None,
            load=self._load.share(),
            memory=self.memory(),
        )

    def memory(self) -> Memory:
        allowed = cgroup.limit_mb(self._root)
        free, least_free = self._free(allowed)
        return Memory(
            used=used_mb(),
            budget=least(self._budget, allowed),
            free=free,
            least_free=least_free,
            stalled=pressure(self._root),
            need=self._need(),
        )

    def _on_battery(self, charge: power_supply.Charge | None) -> bool | None:
        if charge is None:
            return None
        # a weak charger: plugged in, and the battery goes down all the same
        return charge.flow == "discharging"

    def _free(self, allowed: float | None) -> tuple[float, float]:
        """MB that the machine or our cgroup, whichever is shorter of it, could still give, and that
        are to stay free of that: of a cgroup, which is ours alone, no more than a share."""
        found = re.search(r"MemAvailable:\s+(\d+) kB", sysfs.text(self._root / "proc/meminfo"))
        both = [(int(found[1]) / 1000, self._least_free)] if found else []
        left = cgroup.free_mb(self._root)
        if left is not None and allowed is not None:
            both.append((left, min(self._least_free, KEPT_FREE * allowed)))
        nothing_known = float("inf"), self._least_free
        return min(both, key=lambda pair: pair[0] - pair[1], default=nothing_known)


def limit_mb(config: Config, root: Path) -> float:
    """MB that our processes may take: the budget of the profile, or less in a cgroup; 0 for no
    limit."""
    return least(config.budget.memory_peak_mb, cgroup.limit_mb(root))


def least(budget_mb: float, allowed_mb: float | None) -> float:
    """A budget (0: none), or nine tenths of what a cgroup allows where that is less."""
    given = [budget_mb] if budget_mb else []
    given += [0.9 * allowed_mb] if allowed_mb is not None else []
    return min(given, default=0.0)


def used_mb() -> float:
    """PSS of this process and its children, MB: what they share with others counts in part."""
    total = 0.0
    for process in tree(Path("/"), os.getpid()):
        with contextlib.suppress(OSError):  # it has just ended, or is not ours to look at
            text = Path(f"/proc/{process}/smaps_rollup").read_text("ascii", "replace")
            found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
            total += int(found[1]) / 1000 if found else 0.0
    return total


def pressure(root: Path) -> float:
    """Percent of the last ten seconds in which some task waited for memory; 0 where unknown."""
    found = re.search(r"some avg10=([\d.]+)", sysfs.text(root / "proc/pressure/memory"))
    return float(found[1]) if found else 0.0
