"""Local MCP servers as functions: programs of the user's that other agents use, too.

    # config.toml
    [mcp.servers.weather]
    command = ["uvx", "mcp-server-weather"]
    allow = ["alerts"]                        # tools that the language model may have called

    [mcp.servers.weather.tools.forecast]      # one with sentences of your own is allowed by that
    en = ["[what is] the forecast for {city}"]
    es = ["[qué dice] el pronóstico para {city}"]

`assistant tools` starts each server, shows its tools, and keeps what they take: only what was seen
then is ever called. What a server says of itself is never shown to the language model, and what it
answers is read out, not obeyed.
"""
