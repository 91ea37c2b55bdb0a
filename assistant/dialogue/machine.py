"""The dialogue as a state machine: what an utterance means after those before it.

    read: what was said, and what is remembered -> a plan         changes nothing
    settle: the plan, and what became of it -> what is remembered

A turn may be a draft that is thrown away, so `read` can be asked again and again. Times are
monotonic seconds, handed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.dialogue import splitting
from assistant.dialogue.answers import yes_or_no
from assistant.dialogue.halves import half
from assistant.dialogue.plans import (
    ABOUT_TALK,
    Last,
    NothingTaught,
    Taught,
    call,
    can_undo,
    nothing_to_undo,
    other,
    routed,
    several,
    unasked,
    without,
)
from assistant.dialogue.questions import Open, answer, is_answer
from assistant.dialogue.referring import about_it, another_value, is_bare, refers, wants_the_same
from assistant.dialogue.taught_steps import in_their_place
from assistant.stages import Ear, Router
from assistant.types import (
    Ask,
    Completeness,
    Confirm,
    Done,
    Intent,
    Past,
    Plan,
    Question,
    Reply,
    Said,
    Undoable,
    Unheard,
)
from assistant.worker import Cancel

_MOST_UNDONE = 20
_STALE = 600.0  # seconds after which nobody answers a question any more
_CONVERSATION = "conversation."
_START, _CANCEL = "timers.start", "timers.cancel"
_BARE_ORDERS = ("media", "talk")
"""Families of "pause it", "go on", "stop that"."""


class Machine:
    """answer_within, refer_within: seconds, see `device_profiles/base.toml`."""

    def __init__(
        self,
        answer_within: float = 30.0,
        refer_within: float = 180.0,
        taught: Taught | None = None,
    ) -> None:
        self._answer_within = answer_within
        self._refer_within = refer_within
        self._taught = taught or NothingTaught()
        self._open: Open | None = None
        self._last: Last | None = None
        self._changed: Last | None = None  # the last that changed something
        self._undo: list[tuple[Undoable, ...]] = []
        self._misunderstood = ("", 0.0)  # what was said, and when
        self._refused: Unheard | None = None  # the turn before asked for what nothing here can do
        self._interrupted = False  # the assistant spoke up by itself since the last turn

    # -- what is meant ------------------------------------------------------------------------

    def read(
        self, said: Said, router: Router, ear: Ear | None = None, cancel: Cancel | None = None
    ) -> Plan:
        """What is to be done about what was said."""
        if (open_ := self._answerable(said)) is not None:
            return answer(
                open_, said, router, lambda: self._command(said, router, ear, cancel, asked=True)
            )
        if self._too_late(said):
            return unasked(said, "closed")
        return self._command(said, router, ear, cancel)

    def completeness(self, said: Said, router: Router) -> Completeness:
        """Whether the speaker is likely to go on."""
        open_ = self._answerable(said)
        if open_ is not None and (found := is_answer(open_, said, router)) is not None:
            return found
        rest = splitting.last_part(said.text, said.language, router)
        if rest == "":
            return "unfinished"
        whole = router.completeness(said.text, said.language)
        # "a coffee with milk and sugar" is one sentence; its "sugar" alone would be none
        return router.completeness(rest, said.language) if rest and whole == "unknown" else whole

    @property
    def asking(self) -> bool:
        """Whether a question waits for its answer."""
        return self._open is not None and not self._open.softly

    def past(self, now: float) -> Past | None:
        last = self._fresh(now)
        return last.past if last else None

    def _answerable(self, said: Said) -> Open | None:
        """The open question, if this can be its answer: in time, meant for us, and begun after it
        was asked; what began before may be our own voice."""
        open_ = self._open
        if open_ is None or not said.called or said.at - open_.at > self._answer_within:
            return None
        return open_ if said.began is None or said.began >= open_.at else None

    def _too_late(self, said: Said) -> bool:
        """A bare "yes" to a confirmation that has timed out."""
        open_ = self._open
        if open_ is None or not isinstance(open_.asked, Confirm) or not said.called:
            return False
        waited = said.at - open_.at
        in_vain = self._answer_within < waited < _STALE
        return in_vain and yes_or_no(said.text, said.language) is True

    def _command(
        self,
        said: Said,
        router: Router,
        ear: Ear | None,
        cancel: Cancel | None,
        *,
        asked: bool = False,
    ) -> Plan:
        """What it means when it answers no question. asked: one is open, so that a bare value or
        a correction is none of the last command."""
        text, language = said.text, said.language
        if lesson := self._taught.lesson(text, language, router, self._unlearned(said.at)):
            return several(lesson, text)
        if sentences := self._taught.find(text, language):
            return in_their_place(sentences, said, router, self._taught)
        exact = router.exact(text, language)
        if exact is not None and exact.function.startswith(_CONVERSATION):
            return self._about_last(exact, said)
        if exact is not None and exact.score == 1:
            plan = another_value(exact, said, router, self._fresh(said.at))
            return plan or self._of_timers(exact, said, router) or call(exact, text)
        about = not (asked and is_bare(said))
        if about and (plan := self._about_before(exact, said, router)) is not None:
            return plan
        if exact is None and (asking := half(said)) is not None:
            return asking
        if parts := splitting.split(text, language, router):
            return several(parts, text)
        if exact is not None:  # or it is refused, where its words were taken for a name
            return routed(router.route(text, language, ear, cancel), text)
        if sentences := self._taught.find(text, language, near=True):
            return in_their_place(sentences, said, router, self._taught)
        if yes_or_no(text, language) is True:
            return unasked(said, "not asked")
        route = router.route(text, language, ear, cancel)
        if isinstance(route, Intent) and route.function.startswith(_CONVERSATION):
            return self._about_last(route, said)  # "put them back"
        open_ = isinstance(route, Question | Unheard)
        if self._refused is not None and open_ and wants_the_same(said):  # "and on Sunday?"
            route = self._refused
        return routed(route, text)

    def _of_timers(self, exact: Intent, said: Said, router: Router) -> Plan | None:
        """ "Pause it" and "stop that" are about the music, or about what is said, unless a timer
        was just set."""
        last = self._fresh(said.at)
        family = exact.function.partition(".")[0]
        if last is None or last is not self._changed or self._interrupted:
            return None
        timers = all(i.function.startswith("timers.") for i in last.past.intents)
        plan = about_it(said, router, last) if timers and family in _BARE_ORDERS else None
        started = [i.function for i in last.past.intents] == [_START]
        if plan and started and can_undo(last) and plan.intents[0].function == _CANCEL:
            return replace(plan, intents=(), take_back=last.undoable)  # that one, of many alike
        return plan

    def _about_before(self, exact: Intent | None, said: Said, router: Router) -> Plan | None:
        """What it means of the last command."""
        if (last := self._fresh(said.at)) is None:
            return None
        # what only told something is corrected where it named a value; else what changed
        # something
        changed = self._fresh(said.at, self._changed) if self._changed else None
        plan = refers(said, router, last, changed or last)
        return plan or (about_it(said, router, last) if exact is None else None)

    def _about_last(self, exact: Intent, said: Said) -> Plan:
        """ "undo that", "do that again", "the other one" """
        last = self._fresh(said.at)
        match exact.function.removeprefix(_CONVERSATION):
            case "undo" if self._undo:
                return Plan(exact, said.text, take_back=self._undo[-1][::-1])
            case "cancel_that" if last and not self._interrupted and can_undo(last):
                return Plan(exact, said.text, take_back=last.undoable[::-1])
            case "cancel_that" if last and not self._interrupted:
                return nothing_to_undo(exact, said)
            case "again" if last:
                return several(last.past.intents, last.past.text)
            case "other" if last and (plan := other(last, said)):
                return plan
        return call(exact, said.text)

    def _unlearned(self, now: float) -> str:
        """What was said a while ago at most, and not understood: "that means ..." is about it."""
        text, at = self._misunderstood
        return text if now - at <= self._refer_within else ""

    def _fresh(self, now: float, last: Last | None = None) -> Last | None:
        last = last or self._last
        return last if last and now - last.at <= self._refer_within else None

    # -- what became of it --------------------------------------------------------------------

    def settle(self, said: Said, plan: Plan, done: Sequence[Done], reply: Reply, at: float) -> None:
        """The turn is over: what was done, the whole reply, and when it had been said."""
        self._ask(plan, done, reply, at)
        if plan.take_back:
            self._undo = [g for g in (without(g, plan.take_back) for g in self._undo) if g]
        changes = tuple(
            Undoable(d.intent, d.reply.text, d.reply.undo)
            for d in done
            if d.reply.ok and not d.reply.looked
        )
        if changes:
            self._undo = [*self._undo, changes][-_MOST_UNDONE:]
        self._note(said, plan, done, changes, reply, at)

    def announced(self) -> None:
        """The assistant spoke up by itself: what is heard then confirms nothing."""
        self._interrupted = True
        if self._open is not None and isinstance(self._open.asked, Confirm):
            self._open = None

    def _ask(self, plan: Plan, done: Sequence[Done], reply: Reply, now: float) -> None:
        asking = [d for d in done if d.reply.asks is not None]
        open_ = self._open
        if reply.asks is None:
            self._open_softly(plan, done, reply, now)
            if self._open is not open_:
                return
            if plan.answers or done or isinstance(plan.route, Question):
                self._open = None
        elif open_ is not None and plan.say is not None and plan.say.asks is open_.asked:
            self._open = replace(open_, at=now, tries=open_.tries + 1)
        else:
            question = asking[0].reply.text if asking else reply.text
            rest = tuple(d.intent for d in asking[1:])
            said = (asking[0].intent.text if asking else "") or plan.text
            self._open = Open(reply.asks, question, now, rest=rest, said=said)

    def _open_softly(self, plan: Plan, done: Sequence[Done], reply: Reply, now: float) -> None:
        """A function asked "Which one?" in words of its own: what is said next may fill any slot
        of it that is free."""
        if reply.listen_again and len(done) == 1 and plan.say is None:
            [only] = done
            asked = Ask(only.intent.function, "", only.intent.slots)
            self._open = Open(asked, only.reply.text, now, said=only.intent.text or plan.text)

    def _note(
        self,
        said: Said,
        plan: Plan,
        done: Sequence[Done],
        changes: tuple[Undoable, ...],
        reply: Reply,
        now: float,
    ) -> None:
        """Remember what the next turn may refer to."""
        self._interrupted = False
        route = plan.route
        self._refused = route if isinstance(route, Unheard) and route.refused else None
        not_understood = isinstance(plan.route, Question | Unheard) and plan.say is None
        asked = isinstance(plan.route, Question) and said.text.rstrip().endswith("?")
        if not_understood and not (asked and reply.ok and reply.text):
            self._misunderstood = (said.text, now) if said.text else self._misunderstood
        called = [d for d in done if not d.intent.function.startswith(ABOUT_TALK)]
        called = [d for d in called if d.reply.asks is None]
        if not called:
            if plan.take_back:
                self._last = self._changed = None
            return
        intents = tuple(d.intent for d in called)
        replies = " ".join(d.reply.text for d in called if d.reply.text)
        past = Past(plan.text, plan.route, intents, replies)
        self._last = Last(past, changes, now, plan.others)
        if changes:
            self._changed = self._last
