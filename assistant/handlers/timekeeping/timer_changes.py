"""What is done with timers that exist: cancel, add and take time, pause, resume."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, ClassVar

from assistant.handlers.contract import ByLanguage, Request, function
from assistant.handlers.timekeeping.due_family import DueFamily
from assistant.handlers.timekeeping.timer_choice import cancelled, meant, the_one
from assistant.handlers.timekeeping.timer_words import RULES
from assistant.types import Reply

Name = Annotated[str, 3]


class TimerChanges(DueFamily):
    """In all sentences {length} is time to run, to add or to take; a timer that exists is meant
    by its {name} or by what it was set to, {lasting}."""

    rules: ClassVar[Mapping[str, ByLanguage]] = RULES

    @function(
        en=[
            "<cancel> [<the>] <timer>",
            "<cancel> [<the>] <which> <timer>",
            "<cancel> [<the>] <timer> (for|of|called|named|labeled|labelled) [(the|my)] <which>",
            "(turn|switch|shut) [<the>] [<which>] <timer> off",
            "(i do not need|i no longer need) <the> [<which>] <timer> [(anymore|any more)]",
        ],
        es=[
            "<cancel> [<the>] <timer> [<which>]",
            "ya no (necesito|quiero) <the> <timer> [<which>]",
        ],
        help={"en": "cancel the timer", "es": "cancela el temporizador"},
    )
    def cancel(
        self, request: Request, name: Name = "", lasting: dt.timedelta | None = None
    ) -> Reply:
        if self._silenced(request, name, lasting):
            return Reply("", request.language, stop_speaking=True)
        timer = the_one(self.store, request, name, lasting)
        if isinstance(timer, Reply):
            return timer
        self.store.remove([timer])
        return cancelled(request, timer, lambda: self.store.put([timer]))

    @function(
        en=[
            "<cancel> (all|all of|every|both|both of) [(my|the|of my|of the)] (<timers>|<timer>)",
            "<cancel> [(my|the)] <timers>",
            "<cancel> [(all|all of)] [(my|the)] {name} <timers>",
            "<cancel> [(all|all of)] [(my|the)] <timers> (in|for) [the] {name}",
            "(turn|switch|shut) [all] [(my|the)] <timers> off",
        ],
        es=[
            "<cancel> (todos|todas|ambos|ambas) [(mis|los|las)] <timers>",
            "<cancel> [(mis|los|las)] <timers>",
            "(<cancel>|para|pare|parar|detén|detenga|detener) [(todos|todas)] [(mis|los|las)]"
            " <timers>"
            " (de|en|del|para) [(la|el|los|las)] {name}",
            "(para|pare|parar|detén|detenga|detener) [(todos|todas)] [(mis|los|las)] <timers>",
        ],
        help={"en": "cancel all timers", "es": "cancela todos los temporizadores"},
        own_words=True,
    )
    def cancel_all(self, request: Request, name: Name = "") -> Reply:
        gone = meant(self.store, request, name, None)
        self.store.remove(gone)
        ran = [timer for timer in gone if timer.state != "ringing"]
        if not ran:
            return Reply("", request.language, stop_speaking=True)

        def undo() -> None:
            self.store.put(ran)

        if len(gone) == 1:
            return cancelled(request, gone[0], undo)
        told = request.say(
            "All {n} timers are cancelled.", "He cancelado los {n} temporizadores.",
            undo=undo, n=len(gone),
        )  # fmt: skip
        return replace(told, stop_speaking=len(ran) < len(gone))

    @function(
        en=[
            "(add|put) {length} [more]",
            "(add|put) {length} [more] (to|on|onto) [<the>] [<which>] <timer>",
            "(add|put) {length} [more] (to|on|onto) [<the>] <timer> (for|of|called|named) <which>",
            "(add|put) {length} [more] to [<the>] <timer> in the {name}",
            "<more> [<the>] [<which>] <timer> by {length}",
            "<more> [<the>] <timer> (for|of|called|named|in the) <which> by {length}",
            "<more> (it|that) by {length}",
            "(give|get) me {length} more",
            "(make|let) [<the>] [<which>] <timer> [run] {length} longer",
            "make it {length} longer",
            "<its> {name} (need|needs|want|wants|could use) ([another] {length} [(more|longer)]"
            "|{minutes} more minutes)",
            "(give|let) <its> {name} (another {length} [more]|{length} (more|longer)|{minutes} more"
            " minutes)",
        ],
        es=[
            "<give> [(otros|otras|unos)] {length} más <to_it> {name}",
            "<its> {name} (necesita|necesitan|quiere|quieren) [otros] {length} [más]",
            "<add> [(otros|otras)] {length} [más]",
            "<add> [(otros|otras)] {length} [más] (a|al|en) [<the>] <timer> [<which>]",
            "<more> [<the>] <timer> [<which>] (en|por) {length} [más]",
        ],
        help={"en": "add five minutes to the timer", "es": "añade cinco minutos al temporizador"},
    )
    def extend(
        self,
        request: Request,
        length: dt.timedelta = dt.timedelta(0),
        name: Name = "",
        lasting: dt.timedelta | None = None,
        minutes: int = 0,
    ) -> Reply:
        length = length or dt.timedelta(minutes=minutes)
        return self._change(request, length, name, lasting)

    @function(
        en=[
            "(remove|subtract|take|take off|deduct|cut|drop) {length} (from|off|off of|of) [<the>]"
            " [<which>] <timer>",
            "(remove|subtract|take|deduct) {length} (from|off|off of) [<the>] <timer>"
            " (for|of|called|named|in the) <which>",
            "<less> [<the>] [<which>] <timer> by {length}",
            "<less> [<the>] <timer> (for|of|called|named|in the) <which> by {length}",
            "make [<the>] [<which>] <timer> {length} shorter",
            "make it {length} shorter",
            "take {length} off [it]",
        ],
        es=[
            "<take> {length} (a|al|de|del) [<the>] <timer> [<which>]",
            "<less> [<the>] <timer> [<which>] (en|por) {length}",
        ],
        help={"en": "take two minutes off the timer", "es": "quita dos minutos al temporizador"},
    )
    def shorten(
        self,
        request: Request,
        length: dt.timedelta,
        name: Name = "",
        lasting: dt.timedelta | None = None,
    ) -> Reply:
        return self._change(request, -length, name, lasting)

    @function(
        en=[
            "(pause|hold|freeze|suspend) [<the>] [<which>] <timer>",
            "(pause|hold) [<the>] <timer> (for|of|called|named) <which>",
            "put [<the>] [<which>] <timer> on hold",
        ],
        es=["<pause> [<the>] <timer> [<which>]", "pon [<the>] <timer> [<which>] en pausa"],
        help={"en": "pause the timer", "es": "pausa el temporizador"},
    )
    def pause(
        self, request: Request, name: Name = "", lasting: dt.timedelta | None = None
    ) -> Reply:
        if self._silenced(request, name, lasting):  # "para el temporizador" stops one that rings
            return Reply("", request.language, stop_speaking=True)
        timer = the_one(self.store, request, name, lasting)
        if isinstance(timer, Reply):
            return timer
        self.store.pause(timer.id, request.now)
        return request.say(
            "Paused, with {left} left.", "En pausa, a falta de {left}.",
            undo=lambda: self.store.put([timer]), left=timer.left(request.now),
        )  # fmt: skip

    @function(
        en=[
            "(resume|continue|unpause|carry on with|go on with|keep going with) [<the>] [<which>]"
            " <timer>",
            "(resume|continue|unpause) [<the>] <timer> (for|of|called|named) <which>",
        ],
        es=["<resume> [<the>] <timer> [<which>]"],
        help={"en": "resume the timer", "es": "reanuda el temporizador"},
    )
    def resume(
        self, request: Request, name: Name = "", lasting: dt.timedelta | None = None
    ) -> Reply:
        timer = the_one(self.store, request, name, lasting, paused=True)
        if isinstance(timer, Reply):
            return timer
        self.store.resume(timer.id, request.now)
        return request.say(
            "Running again: {left} left.", "De nuevo en marcha: {left}.",
            undo=lambda: self.store.put([timer]), left=timer.left(request.now),
        )  # fmt: skip

    def _change(
        self, request: Request, by: dt.timedelta, name: str, lasting: dt.timedelta | None
    ) -> Reply:
        timer = the_one(self.store, request, name, lasting)
        if isinstance(timer, Reply):
            return timer
        changed = self.store.extend(timer.id, by, request.now)
        if changed is None:
            raise request.error("There is not that much left on it.", "No le queda tanto tiempo.")
        return request.say(
            "Now it has {left} left.", "Ahora termina dentro de {left}.",
            undo=lambda: self.store.put([timer]), left=changed.left(request.now),
        )  # fmt: skip

    def _silenced(self, request: Request, name: str, lasting: dt.timedelta | None) -> bool:
        """Whether something rang, and was ended: what "the timer" means while one rings."""
        return not name and lasting is None and bool(self.silenced(request))
