"""The lists that there are, as a family has them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

from assistant.errors import StorageError
from assistant.handlers.contract import Family
from assistant.handlers.lists.list_words import SHOPPING, TODO
from assistant.handlers.lists.notebook import Notebook

_EVERYWHERE = {"en": {SHOPPING: "shopping", TODO: "to do"}, "es": {SHOPPING: "la compra"}}


class KeptLists(Family):
    def __init__(self, book: Notebook) -> None:
        self.book = book
        self.latest = ""
        """The list that was last spoken of: "the list"."""

    def shred(self, which: Callable[[dt.datetime], bool]) -> int:
        return self.book.shred_entries(which)

    def close(self) -> None:
        self.book.close()

    def listed(self, name: str, language: str) -> Mapping[str, Any]:
        """The lists that there are, as they are called."""
        try:
            names = self.book.names()
        except StorageError:  # told when it is used
            return {}
        known = {name: _EVERYWHERE[language].get(name) or name for name in names}
        # a name is what was heard: only its words can stand in a template
        phrases = {" ".join(re.findall(r"[^\W_]+", known[name])): name for name in names}
        return {phrase: name for phrase, name in phrases.items() if phrase}
