"""Steps down where memory gets short, one after the other, and up again when there is room.

A pure state machine. A step is taken as soon as the budget is nearly used up, or the machine runs
out of memory; the next one only when the first had time to show what it gave. One is taken back
when what it needs has been free for a while; where that was in vain, it waits twice as long the
next time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.settings import Step

RUNGS: tuple[Step, ...] = ("caches", "no_model", "small_ears", "plain_voice")
FULL, ROOM = 0.93, 0.85
"""Shares of the budget: above the first a step is taken; below the second, with all that the step
would need again counted in, it is taken back."""
STALLED = 10.0
"""Percent of ten seconds in which some task waited for memory (PSI)."""
SETTLE, PATIENCE, LONGEST = 4.0, 60.0, 1800.0
"""Seconds between two steps down, that there must be room before one is taken back, and at most."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes.

    used: by our processes, what they share divided (PSS). budget: what they may take; 0: as much as
    there is. free: what the machine, or our cgroup, could still give. least_free: what is to stay
    free. stalled: PSI's "some avg10" in percent; 0 where the kernel does not tell.
    need: by the plan, of the settings of the moment, while all engines work: between turns, and
    while they are unloaded, less is used."""

    used: float
    budget: float
    free: float
    least_free: float
    stalled: float = 0.0
    need: float = 0.0

    @property
    def short(self) -> bool:
        over = self.budget > 0 and max(self.used, self.need) > FULL * self.budget
        return over or self.free < self.least_free or self.stalled > STALLED

    def has_room_for(self, more: float) -> bool:
        within = not self.budget or max(self.used, self.need) + more < ROOM * self.budget
        return within and self.free - more > 1.5 * self.least_free and self.stalled < STALLED / 2


@dataclass
class _Back:
    """When a rung may be taken back."""

    patience: float = PATIENCE
    since: float | None = None
    left_at: float = float("-inf")


@dataclass
class Ladder:
    """gives: MB that each rung gives, about, and needs again. usable: the rungs that exist here, in
    order; the others change nothing on this machine. taken: rung -> when, from the plan at
    first."""

    usable: Sequence[Step] = RUNGS
    gives: Mapping[Step, float] = field(default_factory=dict)
    taken: dict[Step, float] = field(default_factory=dict)
    value: float | None = None
    _settled: float = float("-inf")
    _back: dict[Step, _Back] = field(default_factory=dict)

    def since(self, step: Step) -> float | None:
        return self.taken.get(step)

    def look(self, now: float, memory: Memory) -> None:
        if memory.short:
            self._forget_room()
            if now - self._settled >= SETTLE:
                self._down(now, memory)
        else:
            self._up(now, memory)

    def _down(self, now: float, memory: Memory) -> None:
        step = next((step for step in self.usable if step not in self.taken), None)
        if step is None:
            return
        back = self._back.setdefault(step, _Back())
        if now - back.left_at < 2 * back.patience:
            back.patience = min(2 * back.patience, LONGEST)
        self.taken[step] = self._settled = now
        self.value = memory.used

    def _up(self, now: float, memory: Memory) -> None:
        """The step that was taken last is taken back first."""
        step = next((step for step in reversed(self.usable) if step in self.taken), None)
        if step is None:
            return
        back = self._back.setdefault(step, _Back())
        if not memory.has_room_for(self.gives.get(step, 0.0)):
            back.since = None
            return
        back.since = now if back.since is None else back.since
        if now - back.since >= back.patience:
            del self.taken[step]
            back.since, back.left_at = None, now

    def _forget_room(self) -> None:
        for back in self._back.values():
            back.since = None
