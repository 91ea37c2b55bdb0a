"""The user's name, as a thing that was told to be remembered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated

from assistant.handlers.contract import Family, Request, function
from assistant.handlers.memory.store import Memory as Told, MemoryStore
from assistant.handlers.wording import verbatim
from assistant.types import Reply

Name = Annotated[str, 3]

_TELLS = re.compile(r"^(?:my name is|me llamo|mi nombre es) (?P<name>.+)$", re.IGNORECASE)


class UserName(Family):
    store: MemoryStore

    @function(
        en=[
            "my name is {name}",
            "(you can|you may|you should) call me {name}",
        ],
        es=["(me llamo|mi nombre es) {name}", "(puedes|podés|puede) llamarme {name}"],
        help={"en": "my name is Sam", "es": "me llamo Sam"},
    )
    def my_name_is(self, request: Request, name: Name) -> Reply:
        said = verbatim(name, request.text).strip(" .!?")
        said = said[:1].upper() + said[1:]
        before = names(self.store.all())
        told = Told(
            request.pick(f"my name is {said}", f"mi nombre es {said}"),
            request.now,
            request.language,
        )
        kept = self.store.keep(told)
        self.store.forget(before)

        def undo() -> None:
            self.store.forget([kept])
            for memory in before:
                self.store.keep(memory)

        return request.say("Hello, {name}.", "Hola, {name}.", name=said, undo=undo)

    @function(
        en=[
            "(what is|do you know|tell me|do you remember|say) my name",
            "who am i",
            "what am i called",
            "do you know who i am",
        ],
        es=[
            "(cómo me llamo|cuál es mi nombre|quién soy [yo])",
            "(sabes|recuerdas|dime) (mi nombre|cómo me llamo|quién soy)",
        ],
        ahead=True,
    )
    def my_name(self, request: Request) -> Reply:
        known = names(self.store.all())
        if not known:
            return request.say("You have not told me your name.", "No me has dicho cómo te llamas.")
        found = _TELLS.match(known[0].text)
        assert found is not None
        return request.say("You are {name}.", "Te llamas {name}.", name=found["name"])


def names(memories: Sequence[Told]) -> list[Told]:
    """Those that tell the user's name, in their order."""
    return [memory for memory in memories if _TELLS.match(memory.text)]
