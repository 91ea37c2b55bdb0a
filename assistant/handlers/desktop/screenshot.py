"""A picture of the screen: through the desktop's portal, else with the tool that is there.

https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Screenshot.html
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote, urlparse

import platformdirs

from assistant.errors import FunctionError
from assistant.handlers import bus
from assistant.handlers.bus_wire import BusError
from assistant.handlers.contract import ByLanguage, Family, Request, function
from assistant.handlers.desktop import launching
from assistant.types import Reply

_PORTAL = "org.freedesktop.portal.Desktop"
_PATH = "/org/freedesktop/portal/desktop"
_SCREENSHOT = "org.freedesktop.portal.Screenshot"
_REQUEST = "org.freedesktop.portal.Request"
_ASKING = 30.0  # seconds for the desktop, which may ask the user first
_TAKING = 10.0  # seconds for a tool
_CANCELLED = 1  # the portal's word for it

# Tools, each with the arguments before the file; under Wayland only its own work.
_WAYLAND: Mapping[str, tuple[str, ...]] = {
    "grim": (),
    "gnome-screenshot": ("-f",),
    "spectacle": ("-b", "-n", "-o"),
}
_X11: Mapping[str, tuple[str, ...]] = {
    "gnome-screenshot": ("-f",),
    "spectacle": ("-b", "-n", "-o"),
    "xfce4-screenshooter": ("-f", "-s"),
    "maim": (),
    "scrot": (),
    "import": ("-window", "root"),
}


class Screenshot(Family):
    name = "screenshot"
    topic: ClassVar[ByLanguage] = {
        "en": "[(the|a)] (screenshot|screenshots|screen shots)",
        "es": "[(la|las)] (captura|capturas|capturas de pantalla|captura de pantalla)",
    }

    def unavailable(self) -> ByLanguage | None:
        if not launching.has_screen():
            return launching.NO_SCREEN
        if _tool() or _portal_is_there():
            return None
        return {
            "en": "There is no program here that takes screenshots. Install grim or scrot.",
            "es": "Aquí no hay ningún programa para capturas. Instala grim o scrot.",
        }

    @function(
        en=[
            "(take|make|grab|get|do|save) [(a|me a|another)] (screenshot|screen shot|screen grab"
            "|screen capture|picture of (the|my) screen|photo of (the|my) screen) [(of this|of it"
            "|of the screen|of my screen)]",
            "(screenshot|screen shot|capture|save|photograph) [(the|my|this)] screen",
            "(screenshot|screen shot) [(this|it|that)]",
        ],
        es=[
            "(haz|hacé|hacer|haga|toma|tomá|tomar|saca|sacá|sacar|hazme|guarda) (una|otra)"
            " (captura|captura de pantalla|foto de la pantalla|captura de la pantalla|instantánea"
            "|foto de pantalla)",
            "(captura|capturar|capturá|fotografía) (la|mi|esta) pantalla",
            "captura de pantalla",
        ],
        help={"en": "take a screenshot", "es": "haz una captura de pantalla"},
    )
    def take(self, request: Request) -> Reply:
        path = _through_portal(request) or _with_tool(request)
        if not path.is_file() or not path.stat().st_size:
            raise request.error("The screenshot is empty.", "La captura está vacía.")
        return request.say(
            "The screenshot is in {folder}.",
            "La captura está en {folder}.",
            folder=path.parent.name,
            undo=lambda: path.unlink(missing_ok=True),
        )


def _portal_is_there() -> bool:
    try:
        with bus.session() as desktop:
            return desktop.has(_PORTAL)
    except BusError:
        return False


def _through_portal(request: Request) -> Path | None:
    """The picture that the desktop took; None where it has no portal that does.

    The answer is a signal of an object whose name we know beforehand, and so can listen to
    before we ask. Raises FunctionError when the user says no.
    """
    try:
        with bus.session(patience=_ASKING) as desktop:
            if not desktop.has(_PORTAL):
                return None
            token = f"assistant{secrets.token_hex(8)}"
            sender = desktop.own_name.removeprefix(":").replace(".", "_")
            expected = f"{_PATH}/request/{sender}/{token}"
            with desktop.signals(_REQUEST, "Response", service=_PORTAL) as answers:
                options = {"handle_token": ("s", token), "interactive": ("b", False)}
                portal = desktop.object(_PORTAL, _PATH)
                handle = portal.call(_SCREENSHOT, "Screenshot", "sa{sv}", "", options)[0]
                return _answered(request, answers, {expected, handle})
    except BusError as error:
        if error.kind == "no answer":
            raise
        return None  # this desktop's portal takes no screenshots


def _answered(request: Request, answers: bus.Signals, paths: set[str]) -> Path | None:
    while (answer := answers.next(_ASKING)) is not None:
        if answer.path not in paths:  # an answer to somebody else
            continue
        code, results = answer.values
        if code == _CANCELLED:
            raise request.error(
                "The desktop was told not to take it.", "El escritorio no ha dado permiso."
            )
        address = urlparse(str(results.get("uri", "")))
        return Path(unquote(address.path)) if code == 0 and address.scheme == "file" else None
    raise request.error("The desktop does not answer.", "El escritorio no responde.")


def _tool() -> tuple[str, tuple[str, ...]] | None:
    tools = _WAYLAND if os.environ.get("WAYLAND_DISPLAY") else _X11
    return next(((name, args) for name, args in tools.items() if shutil.which(name)), None)


def _with_tool(request: Request) -> Path:
    tool = _tool()
    if tool is None:
        raise request.error(
            "This desktop takes no screenshots, and no tool for it is installed.",
            "Este escritorio no hace capturas, y no hay instalada ninguna herramienta.",
        )
    folder = Path(platformdirs.user_pictures_dir()) / "Screenshots"
    path = folder / f"Screenshot {request.now:%Y-%m-%d %H-%M-%S} {secrets.token_hex(2)}.png"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [tool[0], *tool[1], str(path)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TAKING,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise _failed(request, error) from error
    return path


def _failed(request: Request, error: Exception) -> FunctionError:
    if isinstance(error, OSError) and not isinstance(error, FileNotFoundError):
        return request.error(
            "I cannot save it. The disk may be full.",
            "No puedo guardarla. Puede que el disco esté lleno.",
        )
    return request.error("The screenshot did not work.", "La captura no ha funcionado.")
