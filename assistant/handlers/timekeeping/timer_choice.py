"""Which timer is meant, by its name or by what it was set to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from rapidfuzz import fuzz, utils

from assistant import spoken
from assistant.handlers.contract import Request
from assistant.handlers.timekeeping.due_items import DueItem
from assistant.handlers.timekeeping.due_store import DueStore
from assistant.handlers.timekeeping.timer_words import clean, title
from assistant.types import Reply

_SAME_NAME = 80.0  # of 100: "egg" and "eggs" are one timer, "pizza" and "pasta" two


def every(store: DueStore, request: Request) -> list[DueItem]:
    """All timers. Raises FunctionError when there is none."""
    timers = store.all("timer")
    if not timers:
        raise request.error("There is no timer.", "No hay ningún temporizador.")
    return timers


def meant(
    store: DueStore, request: Request, name: str, lasting: dt.timedelta | None
) -> list[DueItem]:
    """The timers of that name and length; all when neither was said.

    Raises FunctionError when there is none.
    """
    name = clean(name, request.language)
    timers = [
        timer
        for timer in every(store, request)
        if (not name or alike(name, timer.text)) and lasting in (None, timer.length)
    ]
    if timers:
        return timers
    length = spoken.duration(lasting or dt.timedelta(0), request.language, adjective=True)
    raise request.error(
        "There is no {which} timer.", "No hay ningún temporizador de {which}.", which=name or length
    )


def the_one(
    store: DueStore,
    request: Request,
    name: str,
    lasting: dt.timedelta | None,
    *,
    paused: bool = False,
) -> DueItem | Reply:
    """The timer that is meant, or a question when there are several.

    paused: prefer those that are, when it was not said which.
    Raises FunctionError when there is none.
    """
    timers = meant(store, request, name, lasting)
    if paused:
        timers = [timer for timer in timers if timer.state == "paused"] or timers
    if len(timers) == 1:
        return timers[0]
    titles = [title(timer, request.language) for timer in timers]
    return request.say(
        "Which one? There is {titles}.",
        "¿Cuál? Hay {n}: {titles}.",
        listen_again=True,
        n=len(titles),
        titles=titles,
    )


def cancelled(request: Request, timer: DueItem, undo: Callable[[], object]) -> Reply:
    name = title(timer, request.language)
    return request.say("{name} is cancelled.", "{name} está cancelado.", undo=undo, name=name)


def alike(said: str, name: str) -> bool:
    """Whether a name that was said is one that was given."""
    score = fuzz.token_set_ratio(said, name, processor=utils.default_process)
    return bool(name) and score >= _SAME_NAME
