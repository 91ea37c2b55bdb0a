"""Typing into the window that has the focus, where the desktop allows: by the tool that it has.

Text goes to the tools on their standard input, never as an argument: it may begin with a dash, and
other users can read arguments. Control characters are left out: dictation presses no Enter.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.errors import FunctionError

_PATIENCE = 10.0  # seconds: 12 ms a letter, and a sentence has 200


@dataclass(frozen=True, slots=True)
class Tool:
    program: str
    arguments: tuple[str, ...]
    display: str  # the variable that says that its desktop is there; "" for any
    types: bool = True  # false: it only fills the clipboard

    def works(self, environment: Mapping[str, str]) -> bool:
        there = not self.display or bool(environment.get(self.display))
        return there and shutil.which(self.program, path=environment.get("PATH")) is not None


TOOLS = (
    Tool("wtype", ("-",), "WAYLAND_DISPLAY"),
    Tool("xdotool", ("type", "--clearmodifiers", "--file", "-"), "DISPLAY"),
    Tool("ydotool", ("type", "--file", "-"), "YDOTOOL_SOCKET"),
    Tool("wl-copy", (), "WAYLAND_DISPLAY", types=False),
    Tool("xclip", ("-selection", "clipboard"), "DISPLAY", types=False),
    Tool("xsel", ("--clipboard", "--input"), "DISPLAY", types=False),
)


def tools(environment: Mapping[str, str] = os.environ) -> list[Tool]:
    """What works here, those that type first."""
    return [tool for tool in TOOLS if tool.works(environment)]


def put(text: str, usable: Sequence[Tool]) -> Tool:
    """Type the text, or else copy it, with the first tool that can; that tool.

    Raises FunctionError when none could.
    """
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    for tool in usable:
        if _run(tool, plain):
            return tool
    raise FunctionError(
        "No tool could type the text.",
        spoken={"en": "I could not type that here.", "es": "Aquí no he podido escribirlo."},
    )


def _run(tool: Tool, text: str) -> bool:
    try:
        done = subprocess.run(
            [tool.program, *tool.arguments],
            input=text.encode(),
            stdout=subprocess.DEVNULL,  # a clipboard's owner lives on, and would hold a pipe open
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
