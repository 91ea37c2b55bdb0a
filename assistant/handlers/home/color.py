"""Colours as lamps know them. Formulas of the sRGB standard (IEC 61966-2-1), as Philips Hue and
Zigbee2MQTT use them."""

from __future__ import annotations

import colorsys

Rgb = tuple[int, int, int]
Xy = tuple[float, float]

_WHITE: Xy = (0.3127, 0.3290)  # D65
_TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
_FROM_XYZ = ((3.2406, -1.5372, -0.4986), (-0.9689, 1.8758, 0.0415), (0.0557, -0.2040, 1.0570))


def xy(rgb: Rgb) -> Xy:
    """Where a colour is, whatever its brightness."""
    linear = [_linear(value / 255) for value in rgb]
    x, y, z = (sum(f * v for f, v in zip(row, linear, strict=True)) for row in _TO_XYZ)
    whole = x + y + z
    return (round(x / whole, 4), round(y / whole, 4)) if whole else _WHITE


def rgb(at: Xy) -> Rgb:
    """The brightest colour there."""
    x, y = at[0], max(at[1], 0.001)
    xyz = (x / y, 1.0, (1 - x - y) / y)
    linear = [max(sum(f * v for f, v in zip(row, xyz, strict=True)), 0) for row in _FROM_XYZ]
    top = max(linear) or 1
    red, green, blue = (round(255 * _gamma(value / top)) for value in linear)
    return red, green, blue


def of_hue(hue: float, saturation: float) -> Xy:
    """hue: degrees. saturation: percent."""
    red, green, blue = colorsys.hsv_to_rgb(hue / 360 % 1, min(max(saturation / 100, 0), 1), 1)
    return xy((round(255 * red), round(255 * green), round(255 * blue)))


def hue(of: Rgb) -> tuple[int, int]:
    """Degrees and percent."""
    h, s, _ = colorsys.rgb_to_hsv(*(value / 255 for value in of))
    return round(h * 360), round(s * 100)


def alike(one: Xy, other: Xy) -> bool:
    """Whether two colours are the same to the eye: lamps cannot show all of them."""
    return abs(one[0] - other[0]) + abs(one[1] - other[1]) < 0.12


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _gamma(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
