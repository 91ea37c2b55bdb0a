"""Passwords and tokens of the user's, in the system keyring; a setting only says that.

By name: "broker", the password of the home's broker (`home.password_file = "keyring"`), and
"mcp.SERVER.VARIABLE", a variable of the environment of an MCP server (`env = {TOKEN = "keyring"}`).
`assistant config secret NAME` puts one there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.errors import ConfigError
from assistant.handlers.memory.keys import SecretService
from assistant.settings import Config

KEYRING = "keyring"
"""What a setting says for something that is in the system keyring."""
BROKER = "broker"
_SECRET = re.compile(r"TOKEN|KEY|SECRET|PASS|PWD|CREDENTIAL|AUTH", re.IGNORECASE)
"""Of names of variables, those that hold what is secret."""
_PURPOSES = {BROKER: "home.broker"}


def keyring(name: str) -> SecretService:
    """The place of one secret."""
    return SecretService(_PURPOSES.get(name, name), f"assistant: {name}")


def of_server(server: str, variable: str) -> str:
    """The name of a variable of an MCP server."""
    return f"mcp.{server}.{variable}"


def secret(name: str, setting: str) -> str:
    """What the keyring holds. Raises ConfigError, which names the setting, and never what is
    secret."""
    try:
        found = keyring(name).secret()
    except LookupError as error:
        raise ConfigError(f"{setting}: {error}.") from error
    if found is None:
        given = "" if name == BROKER else f" {name}"
        raise ConfigError(
            f"{setting}: the keyring holds nothing for it: put it there with "
            f"`assistant config secret{given}`."
        )
    return found


def in_plain(config: Config) -> Iterator[str]:
    """The names of what looks secret, and stands in the settings itself."""
    for server, settings in config.mcp.servers.items():
        for variable, value in settings.env.items():
            if value != KEYRING and _SECRET.search(variable):
                yield of_server(server, variable)
