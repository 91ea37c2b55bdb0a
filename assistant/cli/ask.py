"""`assistant ask`: one typed question or command."""

from __future__ import annotations

import click

from assistant.cli.common import exit_code, language_option, settings


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--speak", is_flag=True, help="Also say the answer aloud.")
@click.option("--json", "as_json", is_flag=True, help="The answer and its trace, for programs.")
@language_option
@click.pass_context
def command(
    ctx: click.Context, text: tuple[str, ...], speak: bool, as_json: bool, language: str | None
) -> int:
    """Answer TEXT, as if it had been said.

    Exit code 3: it was not understood.
    """
    from assistant.assemble import Engines
    from assistant.cli.typed import answer, speaker

    config = settings(ctx, language)
    with Engines(config) as engines, speaker(config, speak) as sink:
        turn = answer(engines, " ".join(text), sink, show=not as_json)
    if as_json:
        from assistant.cli.show import turn_json

        click.echo(turn_json(turn))
    return exit_code(turn)
