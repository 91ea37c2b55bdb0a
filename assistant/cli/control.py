"""What talks to the assistant that is running: `status`, `listen`, `stop`, `mute` and others."""

from __future__ import annotations

from typing import Any

import click


def _ask(do: str, **fields: Any) -> dict[str, Any]:
    from assistant.daemon.client import Connection

    with Connection() as connection:
        return connection.request(do, **fields)


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def status(as_json: bool) -> None:
    """How the running assistant is. Exit code 1: none is running."""
    told = _ask("status")
    if as_json:
        import json

        shown = {name: value for name, value in told.items() if name not in {"v", "id", "ok"}}
        click.echo(json.dumps(shown, indent=2, ensure_ascii=False))
        return
    click.echo(f"{told['state']}{_problem(told)}")
    for name in ("wake_word", "language", "profile", "turns", "process", "version"):
        click.echo(f"{name.replace('_', ' '):12} {told.get(name, '')}")
    click.echo(f"{'memory':12} {told['memory_mb']:.0f} MB")
    click.echo(f"{'up for':12} {_duration(told['uptime_seconds'])}")


def _problem(told: dict[str, Any]) -> str:
    return f": {told['problem']}" if told["problem"] else ""


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"


@click.command("listen")
def listen() -> None:
    """What is said next is a command: no wake word is needed. For a key of the desktop."""
    _ask("listen")


@click.command("stop")
def stop() -> None:
    """Silence: the running assistant ends what it says, and what rings. It goes on listening."""
    _ask("stop")


@click.command("mute")
def mute() -> None:
    """Close the microphone of the running assistant, until `unmute`. Also restarts keep it closed.

    A falling tone says so. Timers and alarms still ring.
    """
    _ask("mute")
    click.echo("The microphone is closed.")


@click.command("unmute")
def unmute() -> None:
    """Open the microphone again. A rising tone says so."""
    _ask("unmute")
    click.echo("The microphone is open.")


@click.command("reload")
def reload() -> None:
    """Have the running assistant take in its settings as they are now.

    Settings that cannot be used are refused with the reason, and everything goes on as before.
    The microphone stays open.
    """
    told = _ask("reload")
    if not told["changed"]:
        click.echo("Nothing has changed.")
        return
    times = f"{told['seconds']:.2f} s, prepared in {told['prepared']:.2f} s"
    click.echo(f"Changed: {', '.join(told['changed'])} ({times}).")
