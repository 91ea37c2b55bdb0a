"""The functions of the device, one family a file. `contract` tells how to write one."""

from assistant.handlers.contract import Family, Request, function
from assistant.handlers.registry import Functions, load

__all__ = ["Family", "Functions", "Request", "function", "load"]
