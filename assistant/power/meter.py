"""From what a sensor says now and then to the energy of the time between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.power.reading import OUTSIDE, EnergySensor, Reading, SensorError

LONG = 120.0
"""Seconds between two looks at a meter that knows only power, after which its mean is a guess."""
COARSE = 10
"""Steps of a counter that a difference must have: below them the watts tell more."""
SURE = 40
"""Steps that it must have to be believed more than what is expected by the load."""
SAMPLES, SHORT = 6, 30.0
"""Looks at the power of a moment whose mean is believed more than that, in so many seconds. What is
told of a shorter time is never moved: a meter may show it a little later."""
LOOSE_STEPS, LOOSE_SECONDS = 2.0, 10.0
"""What a counter may be behind, in steps, and a meter of power, in seconds of it, before what is
told is moved towards it."""
LOOK_AROUND = 30.0
"""Seconds after which it is looked whether a better meter works by now."""
Expect = Callable[[float], float | None]
"""Joules that are expected of so many seconds, by the load; None where that is not known."""


@dataclass(frozen=True, slots=True)
class Energy:
    """What was used between two looks.

    seconds: without those in which the machine was suspended. error: joules, either way.
    whole: false where the machine slept meanwhile: nobody knows whose it was.
    coarse: the meter could not see so short a time: `joules` is what was expected, or guessed, and
    is made up for later. measured: what the meter itself told of it. step: of its counter, joules.
    bias: the part of `error` that adds up over many looks.
    """

    seconds: float
    joules: float
    error: float
    whole: bool = True
    coarse: bool = False
    measured: float | None = None
    step: float = 0.0
    bias: float = 0.0


@dataclass(frozen=True, slots=True)
class _Piece:
    """Between two readings: counted, or by the watts of both; spread: by how much those differ."""

    seconds: float
    counted: float | None
    by_watts: float | None
    spread: float
    slept: bool
    reading: Reading


class Meter:
    """Reads one sensor.

    monotonic, boottime: seconds; the second goes on while the machine is suspended.
    """

    def __init__(
        self,
        sensor: EnergySensor,
        monotonic: Callable[[], float],
        boottime: Callable[[], float],
    ) -> None:
        self.sensor = sensor
        self._monotonic = monotonic
        self._boottime = boottime
        self._last: tuple[float, float, Reading] | None = None
        self._owed = 0.0  # joules that were measured and not told yet; negative: told too many
        self._pieces: list[_Piece] = []  # since the last `take`

    @property
    def next(self) -> EnergySensor:
        """Which the next `take` reads."""
        return self.sensor

    @property
    def only_power(self) -> bool:
        """Whether the sensor knows only the power of a moment, and wants to be sampled."""
        return self._last is not None and self._last[2].joules is None

    @property
    def silent(self) -> bool:
        """Whether the sensor gave nothing when it was read last, or was not read yet."""
        return self._last is None

    def sample(self) -> None:
        """Look at the power between two calls of `take`: a turn of three seconds is not seen in
        the watts before and after it. A sensor that counts is left alone."""
        if self.only_power and (piece := self._look()) is not None:
            self._pieces.append(piece)

    def take(self, expect: Expect | None = None) -> Energy | None:
        """The energy since the last call that gave a reading; None for the first of them, and
        while the sensor gives nothing."""
        last = self._look()
        pieces, self._pieces = self._pieces, []
        if last is None:
            return None
        pieces.append(last)
        seconds = sum(piece.seconds for piece in pieces)
        if any(piece.slept for piece in pieces):
            return self._after_sleep(seconds, last)
        return self._told(seconds, pieces, expect)

    def _look(self) -> _Piece | None:
        try:
            reading = self.sensor.read()
        except SensorError:
            self._last, self._owed, self._pieces = None, 0.0, []
            return None
        now = self._monotonic(), self._boottime(), reading
        last, self._last = self._last, now
        if last is None:
            return None
        seconds = now[0] - last[0]
        slept = (now[1] - last[1]) - seconds > 1.0
        return _piece(last[2], reading, seconds, slept)

    def _after_sleep(self, seconds: float, last: _Piece) -> Energy:
        """A counter within the machine may have been reset meanwhile, which looks like any
        amount."""
        self._owed = 0.0
        counts_on = self.sensor.covers in OUTSIDE or last.counted is None
        told = last.counted if last.counted is not None else last.by_watts
        joules = (told or 0.0) if counts_on else 0.0
        error = joules * last.reading.share
        return Energy(seconds, joules, error, whole=False, bias=error)

    def _told(self, seconds: float, pieces: Sequence[_Piece], expect: Expect | None) -> Energy:
        seen = _seen(seconds, pieces)
        if seen is None:
            return Energy(seconds, 0.0, float("inf"))
        reading, base, error, coarse = pieces[-1].reading, seen.best, seen.error, seen.guessed
        expected = expect(seconds) if expect is not None and not seen.sure else None
        if expected is not None:
            base, error, coarse = expected, seen.loose, True
        loose = seen.loose if seconds >= SHORT else float("inf")
        joules = self._settled(base, seen.measured, loose)
        bias = joules * reading.share
        return Energy(
            seconds, joules, bias + error, True, coarse, seen.measured, reading.step, bias
        )

    def _settled(self, base: float, measured: float, loose: float) -> float:
        """What is expected of a short time may be anything: over some time the meter is right. So
        what is told is moved towards it, by a half at most, where they differ by more than it may
        be behind."""
        owed = self._owed + measured - base
        beyond = owed - min(max(owed, -loose), loose)
        told = base + min(max(beyond, -base / 2), base / 2)
        self._owed += measured - told
        return told


class BestMeter:
    """The best meter that works at the moment: a battery measures only while it empties."""

    def __init__(
        self,
        sensors: Sequence[EnergySensor],
        monotonic: Callable[[], float],
        boottime: Callable[[], float],
    ) -> None:
        """sensors: the best first; the last one is taken where none works."""
        self._sensors = sensors
        self._clocks = monotonic, boottime
        self._looked_at = monotonic()
        self._meter = self._best(None)
        self._of = self._meter.sensor

    @property
    def sensor(self) -> EnergySensor:
        """By which the last `take` measured."""
        return self._of

    @property
    def next(self) -> EnergySensor:
        """Which the next `take` reads."""
        return self._meter.sensor

    @property
    def only_power(self) -> bool:
        return self._meter.only_power

    def sample(self) -> None:
        self._meter.sample()

    def take(self, expect: Expect | None = None) -> Energy | None:
        """As `Meter.take`. Another sensor begins with nothing, so its first `take` tells of the
        time since."""
        self._of = self._meter.sensor
        energy, now = self._meter.take(expect), self._clocks[0]()
        if energy is None or now - self._looked_at >= LOOK_AROUND:
            self._looked_at = now
            self._meter = self._best(self._meter if energy is not None else None)
        return energy

    def close(self) -> None:
        """Close what the sensors hold open: the files of perf events."""
        for sensor in self._sensors:
            close = getattr(sensor, "close", None)
            if close is not None:
                close()

    def _best(self, working: Meter | None) -> Meter:
        """The first that works, begun; `working` goes on where nothing better does."""
        meter = working
        for sensor in self._sensors:
            if working is not None and sensor is working.sensor:
                return working
            if not sensor.unavailable():
                meter = Meter(sensor, *self._clocks)
                meter.take()
                if not meter.silent:  # some find out only by reading that they give nothing
                    return meter
        return meter or Meter(self._sensors[-1], *self._clocks)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a meter tells of a time. measured: that is right in the long run. best: what is taken
    for this time, and its error. sure: it need not be compared with what is expected. guessed: a
    counter did not move enough, so `best` is by the watts. loose: what it may be behind."""

    measured: float
    best: float
    error: float
    sure: bool
    guessed: bool
    loose: float


def _seen(seconds: float, pieces: Sequence[_Piece]) -> _Seen | None:
    """None where the sensor told neither energy nor power at both ends."""
    last, step = pieces[-1], pieces[-1].reading.step
    counted, by_watts = last.counted, last.by_watts
    spread = sum(piece.spread for piece in pieces)
    if counted is not None:
        sure = step == 0 or counted >= SURE * step
        fine = sure or by_watts is None or counted >= COARSE * step
        best, error = (counted, step) if fine or by_watts is None else (by_watts, spread)
        return _Seen(counted, best, error, sure, not fine, LOOSE_STEPS * step)
    if by_watts is None:
        return None
    joules = sum(piece.by_watts or 0.0 for piece in pieces)
    sure = len(pieces) >= SAMPLES and seconds >= SHORT
    loose = LOOSE_SECONDS * joules / seconds if seconds else 0.0
    return _Seen(joules, joules, spread, sure, False, loose)


def _piece(first: Reading, second: Reading, seconds: float, slept: bool) -> _Piece:
    counted = by_watts = None
    spread = 0.0
    if first.joules is not None and second.joules is not None:
        counted = second.joules - first.joules
    if first.watts is not None and second.watts is not None:
        by_watts = (first.watts + second.watts) / 2 * seconds
        unseen = by_watts / 2 if seconds > LONG else 0.0
        spread = abs(first.watts - second.watts) / 2 * seconds + unseen
    return _Piece(seconds, counted, by_watts, spread, slept, second)
