"""Coins and dice."""

from __future__ import annotations

import random
from typing import Annotated

from assistant.handlers.contract import Family, Request, function
from assistant.types import Reply

Dice = Annotated[int, range(1, 11)]

_dice = random.SystemRandom()


class Chance(Family):
    """The part of `Talk` that leaves it to chance."""

    @function(
        en=["(flip|toss|throw) (a|the) coin [for me]", "heads or tails"],
        es=["(lanza|tira|echa|lanzá|tirá|lanzar|tirar) una moneda [al aire]", "cara o cruz"],
    )
    def coin(self, request: Request) -> Reply:
        heads, tails = ("Heads.", "Cara."), ("Tails.", "Cruz.")
        side = _dice.choice([heads, tails])
        return request.say(*side)

    @function(
        en=["(roll|throw|toss) (a|the|some|{n}) (dice|die)"],
        es=["(tira|lanza|echa|tirá|lanzá|tirar|lanzar) (un|el|los|unos|{n}) (dado|dados)"],
    )
    def dice(self, request: Request, n: Dice = 1) -> Reply:
        thrown = [_dice.randint(1, 6) for _ in range(n)]
        if n == 1:
            return request.say("{n}.", "{n}.", n=thrown[0])
        return request.say("{each}: {sum}.", "{each}: {sum}.", each=thrown, sum=sum(thrown))
