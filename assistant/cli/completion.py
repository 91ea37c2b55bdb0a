"""`assistant completion`: the script that completes commands and options with the tab key."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), metavar="SHELL")
def command(shell: str) -> None:
    """Print the completion script of SHELL.

    bash: assistant completion bash > ~/.local/share/bash-completion/completions/assistant
    """
    from assistant.cli import group

    completion = get_completion_class(shell)
    assert completion is not None  # click knows every shell of the choice
    click.echo(completion(group, {}, "assistant", "_ASSISTANT_COMPLETE").source())
