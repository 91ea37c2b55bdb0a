"""`assistant chat`: a typed conversation."""

from __future__ import annotations

from collections.abc import Callable

import click

from assistant.cli.common import language_option, settings


@click.command()
@click.option("--speak", is_flag=True, help="Also say the answers aloud.")
@language_option
@click.pass_context
def command(ctx: click.Context, speak: bool, language: str | None) -> None:
    """Type with it. It remembers the last exchanges until you leave (Ctrl-D, or "bye").

    The arrow keys bring back what you typed in this conversation; nothing is stored.
    """
    import contextlib

    from assistant.assemble import Engines
    from assistant.cli.typed import answer, read_line, speaker
    from assistant.think.memory import Conversation

    with contextlib.suppress(ImportError):  # line editing, where Python was built with it
        import readline  # noqa: F401

    conversation = Conversation(settings(ctx, language).think.history)
    wanted: str | None = language
    while True:  # "speak Spanish" goes on with other engines
        config = settings(ctx, wanted)
        with Engines(config) as engines, speaker(config, speak) as sink:
            if engines.stages.thinker is not None:
                engines.stages.thinker.warm()
            while engines.manner.wanted is None:
                if (text := _read(read_line)) is None:
                    return
                if text:
                    answer(engines, text, sink, conversation)
            wanted = engines.manner.wanted


def _read(read_line: Callable[[], str | None]) -> str | None:
    text = read_line()
    leaving = text is not None and text.lower() in {"bye", "exit", "quit", "adiós", "salir"}
    return None if leaving else text
