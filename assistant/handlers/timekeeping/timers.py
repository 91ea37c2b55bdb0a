"""Timers: several, with names, kept on disk, ringing until somebody says stop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import ClassVar

from assistant import spoken
from assistant.handlers.contract import ByLanguage, Request, function
from assistant.handlers.timekeeping.clock import next_time
from assistant.handlers.timekeeping.due_family import MOST
from assistant.handlers.timekeeping.due_words import at
from assistant.handlers.timekeeping.timer_changes import Name, TimerChanges
from assistant.handlers.timekeeping.timer_choice import every, meant
from assistant.handlers.timekeeping.timer_words import clean, state
from assistant.types import Reply

_LONGEST = dt.timedelta(days=366)


class Timers(TimerChanges):
    """Set, list, and ask how much is left; and all that `TimerChanges` does."""

    name = "timers"
    topic: ClassVar[ByLanguage] = {
        "en": "[(the|my|a)] (timer|timers|countdowns)",
        "es": "[(el|los|un|las|la)] (temporizador|temporizadores)",
    }

    def phrases(self, language: str) -> list[str]:
        said = "Temporizador puesto: {}." if language == "es" else "Timer set for {}."
        lengths = (dt.timedelta(minutes=minutes) for minutes in (1, 2, 3, 5, 10, 15, 20, 30))
        return [said.format(spoken.duration(length, language)) for length in lengths]

    @function(
        en=[
            "[<set>] [me] [<a>] {length} [(long|kitchen)] <timer>",
            "[<set>] [me] [<a>] {length} {name} <timer>",
            "[<set>] [me] [<a>] <timer> [(for|of|to|in|at|with)] {length} [from now]",
            "[<set>] [me] [<a>] {length} <timer> <called> {name}",
            "[<set>] [me] [<a>] <timer> (for|of|in) {length} [from now] <called> {name}",
            "[<set>] [me] [<a>] <timer> (called|named|labeled|labelled) {name} (for|of|in)"
            " {length}",
            "<set> [me] [<a>] {name} <timer> [(for|of|in|to)] {length} [from now]",
            "[<set>] (a|the|my) {name} <timer> (for|of) {length}",
            "[<set>] [<a>] <timer> for {name} (for|of|in) {length}",
            "(time|count down|count) [for] [me] {length}",
            "count down from {length}",
            "(set|start|put on|give me|i need|can i have) {length} for [<its>] {name}",
            "[<set>] {length} on the clock [for [<its>] {name}]",
            "<alert> (when|once) {length} (are|is|have|has) <up>",
            "(let me know|give me a shout|shout|warn me) (in|after) {length}",
            "[<set>] [<a>] <timer> [that is] [set] (to go off|to ring|to end|set|running) (in|after"
            "|at|for|to) {length} [exactly]",
            "[help me] <set> [me] <a> <timer> [set]",
            "(set|start|create) <timer>",
        ],
        es=[
            "[<set>] [<a>] <timer> [<of>] {length}",
            "[<set>] [<a>] <timer> [<of>] {length} <called> {name}",
            "[<set>] [<a>] <timer> <called> {name} (de|en|dentro de|por|a|con) {length}",
            "<set> [<a>] <timer> {name} (de|en|dentro de|por|a) {length}",
            "(pon|ponga|poner|ponme) {length} (en|de|para) [<a>] <timer>",
            "(cuenta|cronometra|cronometrame|contar|mide|márcame) [atrás] [desde] {length}",
            "(pon|ponme|ponga|póngame|dame|deme|pone) {length} para [<its>] {name}",
            "<alert> <when_over> {length}",
            "<set> <a> <timer>",
            "(pon|poner|crea|crear|inicia|iniciar) <timer>",
        ],
        help={"en": "set a timer for ten minutes", "es": "pon un temporizador de diez minutos"},
        ahead=True,
    )
    def start(self, request: Request, length: dt.timedelta | None = None, name: Name = "") -> Reply:
        if length is None:
            return request.ask(
                "For how long?", "¿De cuánto tiempo?", function="timers.start", slot="length",
                known={"name": name} if name else {},
            )  # fmt: skip
        name = clean(name, request.language)
        add, undo = self._adding(request, length, name)
        if name:
            return request.say(
                "{name} timer set for {length}.",
                "Temporizador de {name} puesto: {length}.",
                then=add,
                undo=undo,
                name=name,
                length=length,
            )
        return request.say(
            "Timer set for {length}.", "Temporizador puesto: {length}.",
            then=add, undo=undo, length=length,
        )  # fmt: skip

    @function(
        en=[
            "[<set>] [me] [<a>] <timer> (until|till) {time}",
        ],
        es=[
            "[<set>] [<a>] <timer> hasta [(las|la|el)] {time}",
        ],
        ahead=True,
    )
    def start_until(self, request: Request, time: dt.time) -> Reply:
        # through UTC: a difference of two local times forgets that clocks may change between
        then = next_time(time, request.now).astimezone(dt.UTC)
        add, undo = self._adding(request, then - request.now.astimezone(dt.UTC), "")
        clock = spoken.clock(time, request.language, part_of_day=True)
        when = at(clock, request.language)
        return request.say("I'll ring {when}.", "Sonaré {when}.", then=add, undo=undo, when=when)

    @function(
        en=[
            "(list|show|show me|tell me|tell me about|read|read out|give me|say|check|name)"
            " [(all|all of)] [(my|the)] [(active|running|current)] <timers>",
            "(what|which) <timers> (do i have|do you have|are there|have i set|are|did i set)"
            " [(set|running|active|on|going|left|upcoming)]",
            "(do i have|are there|have i got|have i set) [any] <timers> [(set|running|on|active)]",
            "(how many|which|what) <timers> (do i have|are there|are|have i set) [still] [(set"
            "|running"
            "|active|on|going)]",
            "what are (my|the) [(active|running|current)] <timers>",
            "(is there|do i have|have i got) <a> <timer> [(set|running|on|active)]",
            "[(my|active|running)] <timers>",
        ],
        es=[
            "<tell> [(todos|todas)] [(mis|los|las)] <timers> [(activos|activas|en marcha)]",
            "(qué|cuáles) <timers> (están|he puesto) [(activos|activas|en marcha)]",
            "(hay|tengo) (algún|alguna|algunos|algunas|un|una) (<timer>|<timers>)"
            " [(activo|activa|puesto|puesta|en marcha)]",
            "(qué|cuáles|cuántos|cuántas) <timers> (hay|tengo|quedan|siguen) [(activos|activas"
            "|puestos"
            "|en marcha|andando|corriendo)]",
            "[mis] <timers>",
        ],
        help={"en": "list my timers", "es": "qué temporizadores tengo"},
        ahead=True,
    )
    def listing(self, request: Request) -> Reply:
        timers = every(self.store, request)
        lines = [state(timer, request.now, request.language) for timer in timers]
        if len(timers) == 1:
            return request.say("{line}.", line=lines[0])
        return request.say(
            "You have {n} timers: {lines}.", "Hay {n} temporizadores: {lines}.",
            n=len(timers), lines=lines,
        )  # fmt: skip

    @function(
        en=[
            "<how_much> [<left>] [(on|for|in|of|until|with|before|to)] <the> <timer> [<left>]",
            "<how_much> [<left>] (on|for|in|of|until|with|before|to) [<the>] <which> <timer>"
            " [<left>]",
            "<how_much> [<left>] (on|for|in|of) [<the>] <timer> (for|of|called|named) <which>",
            "<how_much> [<left>] (on|for|in|of) <the> <timer> in the {name}",
            "<how_much> <left> [(on it|on that|on this one)]",
            "<how_much> (until|till|before) [<the>] [<which>] <timer> (<ends>|<end>)",
            "when (is|will|does|do) [<the>] [<which>] <timer> [be] (<ends>|<end>)",
            "(what is|check|show me|tell me|give me) [the] (status|state|time left|remaining time"
            "|time remaining) [(of|on|for) [<the>] [<which>] <timer>]",
            "(what is|how much is) left (on|of|for|in) [<the>] [<which>] <timer>",
            "[the] (status|state|remaining time|time left) (of|on|for) [<the>] [<which>] <timer>",
            "(status|state) of <timer> in [the] {name}",
            "[<the>] [<which>] <timer> (status|state)",
            "(check|check on|how is|how about|what about) <the> [<which>] <timer> [(doing|going)]",
            "(how far along|how far) is [<the>] [<which>] <timer>",
            "(time|timer|minutes) (left|remaining)",
            "how (long|much longer|much [more] time) (until|till|before) [<its>] {name} (is|are)"
            " <cooked>",
            "how (much longer|many more minutes|much more time|long) (do|does) <its> {name} (need"
            "|have"
            " left)",
            "(when|how soon) (is|are|will) <its> {name} [be] <cooked>",
            "(are|is) <its> {name} <cooked> yet",
            "is <the> [<which>] <timer> [still] (running|going|on|active)",
        ],
        es=[
            "<how_much> [de tiempo] (en|para|de|a|al|del|hasta|para que acabe) [<the>] <timer>"
            " [<which>]",
            "<how_much> para que (suene|termine|acabe) [<the>] <timer> [<which>]",
            "<how_much>",
            "(cuándo|a qué hora) (termina|acaba|suena|sonará|terminará) [<the>] <timer> [<which>]",
            "[cuál es] [el] (estado|tiempo restante|tiempo que queda) (de|del|en|para|a|al) [<the>]"
            " <timer> [<which>]",
            "(cómo va|comprueba|qué tal va|revisa|mira) [<the>] <timer> [<which>]",
            "cuánto [tiempo] (le|les) (queda|falta|quedan|faltan) <to_it> {name}",
            "<how_much> para que <are> <cooked> <its> {name}",
            "<how_much> para que <are> <its> {name} [<cooked>]",
            "(cuándo|a qué hora|ya|en cuánto) <are> <cooked> <its> {name}",
            "[ya] (ha terminado|ha acabado|terminó|acabó|ha sonado) [ya] <the> <timer> [<which>]",
            "(sigue|está) (corriendo|andando|activo|activado|en marcha|puesto) <the> <timer>"
            " [<which>]",
        ],
        help={
            "en": "how much time is left on the timer",
            "es": "cuánto le queda al temporizador",
        },
        ahead=True,
    )
    def left(self, request: Request, name: Name = "", lasting: dt.timedelta | None = None) -> Reply:
        timers = meant(self.store, request, name, lasting)
        lines = [state(timer, request.now, request.language) for timer in timers]
        return request.say("{lines}.", lines=lines)

    def _adding(
        self, request: Request, length: dt.timedelta, name: str
    ) -> tuple[Callable[[], object], Callable[[], object]]:
        """What adds the timer, and takes it back. Raises FunctionError when that cannot be."""
        if not dt.timedelta(seconds=1) <= length <= _LONGEST:
            raise request.error(
                "A timer can run from one second to a year.",
                "Un temporizador puede durar desde un segundo hasta un año.",
            )
        if len(self.store.all("timer")) >= MOST:
            raise request.error(
                "There are too many timers. Cancel some first.",
                "Hay demasiados temporizadores. Cancela alguno primero.",
            )
        return self.adding(
            request,
            lambda: self.store.start("timer", length, request.now, name, request.language),
        )
