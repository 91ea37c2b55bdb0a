"""The batteries as UPower tells them, where the kernel's files are out of reach, in a sandbox say.

https://upower.freedesktop.org/docs/Device.html, of the display device: Energy in Wh, EnergyRate in
W, State 2 for discharging. It asks the kernel every half a minute, so it lags behind the files.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jeepney import DBusAddress, MessageFlag, new_method_call
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import unwrap_msg

from assistant.power.reading import Covers, Reading, SensorError
from assistant.power.sensors.battery import SHARE, STEP

PATIENCE = 0.5
"""Seconds for an answer; it comes in milliseconds."""
LAG = 30.0
"""Seconds by which what it tells may be old."""
_INTERFACE = "org.freedesktop.UPower.Device"
_DEVICE = DBusAddress(
    "/org/freedesktop/UPower/devices/DisplayDevice",
    bus_name="org.freedesktop.UPower",
    interface="org.freedesktop.DBus.Properties",
)
_BATTERIES = (2, 3)  # a battery, an uninterruptible supply
_DISCHARGING = 2


class UPower:
    """All batteries together, as the desktop shows them. A connection for each reading, so that a
    daemon that was restarted is no matter."""

    name = "upower"
    covers: Covers = "battery"
    estimated = False

    def __init__(self, root: Path) -> None:
        self._here = root == Path("/")
        self._last: float | None = None  # watt hours
        self._total = 0.0  # joules

    def unavailable(self) -> str:
        if not self._here:
            return "UPower can only be asked on the machine itself."
        try:
            self._battery()
        except SensorError as error:
            return str(error)
        return ""

    def read(self) -> Reading:
        try:
            held, watts = self._battery()
        except SensorError:
            self._last = None  # what is charged meanwhile is nobody's use
            raise
        if held is not None:
            self._total += ((self._last if self._last is not None else held) - held) * 3600
            self._last = held
        joules = max(self._total, 0.0) if held is not None else None
        return Reading(joules, watts, SHARE, STEP + LAG * (watts or 0.0))

    def files(self) -> list[str]:
        return []

    def _battery(self) -> tuple[float | None, float | None]:
        """Watt hours that it holds, and watts that it gives. Raises SensorError."""
        device = _properties()
        if device.get("Type") not in _BATTERIES or not device.get("IsPresent"):
            raise SensorError("UPower knows no battery.")
        if device.get("State") != _DISCHARGING:
            raise SensorError("The battery is not being used: the machine is plugged in.")
        held, watts = device.get("Energy") or None, device.get("EnergyRate") or None
        if held is None and watts is None:
            raise SensorError("UPower tells neither energy nor power, only a percentage.")
        return held, watts


def _properties() -> dict[str, Any]:
    message = new_method_call(_DEVICE, "GetAll", "s", (_INTERFACE,))
    message.header.flags |= MessageFlag.no_auto_start
    try:
        with open_dbus_connection("SYSTEM", auth_timeout=PATIENCE) as bus:
            [found] = unwrap_msg(bus.send_and_get_reply(message, timeout=PATIENCE))
    except Exception as error:  # jeepney's errors derive from nothing narrower
        raise SensorError("UPower does not answer on the system bus.") from error
    return {name: value for name, (_, value) in found.items()}
