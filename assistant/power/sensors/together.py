"""Two meters of different parts as one: the processor's counters and the graphics card's."""

from __future__ import annotations

from assistant.power.reading import Covers, EnergySensor, Reading, SensorError


class Together:
    """The sum of a meter of the processor, which counts energy, and one of the graphics cards that
    counts as well: a processor's counter does not see a card."""

    estimated = False

    def __init__(self, processor: EnergySensor, graphics: EnergySensor) -> None:
        self.name = f"{processor.name}+{graphics.name}"
        self.covers: Covers = processor.covers
        self._parts = processor, graphics

    def unavailable(self) -> str:
        missing = [why for part in self._parts if (why := part.unavailable())]
        if missing or self._parts[0].covers != "processor":
            return " ".join(missing) or "The first counts the cards already."
        try:
            counted = self._parts[1].read().joules is not None
        except SensorError as error:  # a card that is there, and cannot tell its power
            return str(error)
        return "" if counted else "The cards count no energy."

    def read(self) -> Reading:
        first, second = (part.read() for part in self._parts)
        joules = (first.joules or 0.0) + (second.joules or 0.0)
        share = max(first.share, second.share)
        return Reading(joules, None, share, first.step + second.step)

    def files(self) -> list[str]:
        return []
