"""`assistant ask`: one typed question or command."""

from __future__ import annotations

import click

from assistant.cli import INTERRUPTED, NOT_UNDERSTOOD
from assistant.cli.common import changed, exit_code, language_option, settings
from assistant.daemon.client import Connection, running

RINGS = frozenset({"timers.start", "alarms.set", "reminders.add"})
"""What is kept until its time, and then wants somebody who says so."""


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--speak", is_flag=True, help="Also say the answer aloud.")
@click.option("--json", "as_json", is_flag=True, help="The answer and its trace, for programs.")
@click.option("--here", is_flag=True, help="By this process, also where an assistant runs.")
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    text: tuple[str, ...],
    speak: bool,
    as_json: bool,
    here: bool,
    language: str | None,
) -> int:
    """Answer TEXT, as if it had been said: by the assistant that runs, if one does.

    On a terminal, questions can be answered: "Shall I power off the computer?" waits for a y or an
    n. Exit code 3: it was not understood.
    """
    if not here and not as_json and not changed(ctx) and (other := running()) is not None:
        with other:
            return _asked_of(other, " ".join(text), speak, language)

    from assistant.assemble import Engines
    from assistant.cli.typed import answer, on_terminal, read_line, speaker

    config = settings(ctx, language)
    with Engines(config) as engines, speaker(config, speak) as sink:
        turn = answer(engines, " ".join(text), sink, show=not as_json)
        while engines.dialogue.asking and on_terminal() and not as_json:
            if not (reply := read_line()):
                break
            turn = answer(engines, reply, sink)
        if engines.dialogue.asking and not as_json:
            click.echo("(Nothing is done without an answer. Ask again on a terminal.)", err=True)
    rings = turn.outcome == "answered" and turn.trace.route.get("function") in RINGS
    if rings and not turn.listen_again and not as_json and running() is None:
        click.echo("(Kept. It only rings while the assistant runs: assistant run)", err=True)
    if as_json:
        from assistant.cli.show import turn_json

        click.echo(turn_json(turn))
    return exit_code(turn)


def _asked_of(other: Connection, text: str, speak: bool, language: str | None) -> int:
    """The running assistant answers."""
    from assistant.cli.typed import on_terminal, read_line

    while True:
        turn = other.request("ask", text=text, aloud=speak, language=language)
        click.echo(turn.get("reply", ""))
        if turn.get("error"):
            click.echo(f"({turn['error']})", err=True)
        if not (turn.get("asks") and on_terminal() and (answer := read_line())):
            break
        text = answer
    return {"answered": 0, "unheard": NOT_UNDERSTOOD, "cancelled": INTERRUPTED}.get(
        str(turn.get("outcome")), 1
    )
