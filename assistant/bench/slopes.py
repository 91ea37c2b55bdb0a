"""Whether something grows: the slope of noisy samples, and how sure it is. Pure.

The slope is Theil and Sen's, the median of the slopes of all pairs: a few wild samples, as of a
machine that was busy with something else, do not move it. Its bounds are Sen's (1968), by the
variance of Kendall's tau. They take the samples to be independent; neighbours in time are not, so
the samples are first made few: the medians of blocks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

BLOCKS = 60
"""Medians that a slope is made of, at most."""
SURE = 1.96
"""Standard deviations on both sides: 95 %."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Slope:
    """A unit of y by a unit of x: the best guess and its bounds. level: the median of y.
    span: from the first to the last x that counted."""

    slope: float
    low: float
    high: float
    level: float
    span: float

    @property
    def grows(self) -> bool:
        """Whether it is sure that it is more than nothing."""
        return self.low > 0

    def times(self, factor: float) -> Slope:
        """By another unit of x."""
        low, high = self.low * factor, self.high * factor
        return Slope(self.slope * factor, low, high, self.level, self.span / factor)


def slope(xs: Sequence[float], ys: Sequence[float], blocks: int = BLOCKS) -> Slope | None:
    """Of y over x, which ascends; None of fewer than four samples or no span."""
    x, y = _blocks(np.asarray(xs, float), blocks), _blocks(np.asarray(ys, float), blocks)
    count = len(x)
    if count < 4 or x[-1] <= x[0]:
        return None
    first, second = np.triu_indices(count, 1)
    apart = x[second] - x[first]
    some = apart > 0
    pairs = np.sort((y[second] - y[first])[some] / apart[some])
    spread = SURE * math.sqrt(count * (count - 1) * (2 * count + 5) / 18)
    low = max(0, math.floor((len(pairs) - spread) / 2))
    high = min(len(pairs) - 1, math.ceil((len(pairs) + spread) / 2))
    middle, level, span = float(np.median(pairs)), float(np.median(y)), float(x[-1] - x[0])
    return Slope(middle, float(pairs[low]), float(pairs[high]), level, span)


def _blocks(values: Floats, most: int) -> Floats:
    """The medians of at most so many blocks of neighbours."""
    if len(values) <= most:
        return values
    return np.array([np.median(part) for part in np.array_split(values, most)])
