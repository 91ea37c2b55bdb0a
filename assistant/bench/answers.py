"""End of an open question to the first sample of its answer, and what that consists of.

The questions are typed, so that the end of the question is known to the millisecond; what hearing
adds is measured by `latency`. The prompt's beginning is evaluated, and the voice loaded.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.bench.models import lacks as models_lack
from assistant.bench.plan import Measure, Plan
from assistant.bench.questions import questions
from assistant.bench.scoring import Figure, percentile
from assistant.bench.stock import OURS
from assistant.bench.subject import subject
from assistant.testing import RecordingSink
from assistant.think.memory import Conversation
from assistant.turn import run_turn
from assistant.types import Span, Speech, Typed
from assistant.worker import Cancel

MOST = 40
"""Questions."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question. Seconds from its end."""

    question: str
    outcome: str
    by: str
    first_audio: float | None
    cpu: float | None  # processor seconds of the whole program until then
    routed: float
    first_token: float | None  # from when the model was asked
    first_clause: float | None
    voice: float | None  # rendering the first clause
    tokens: int
    ended_by: str


def _asked(plan: Plan) -> list[str]:
    return [q.text for q in questions() if q.language == "en"][: plan.clips or MOST]


def rows(plan: Plan) -> Iterator[Row]:
    think = plan.configure([]).think.model
    # what is said before an answer in doubt is ready at once, and would hide what the model takes
    plain = ["think.unsure=plain", "documents.own_memory=plain"]
    changes = ["language=en", f"think.model={think}", "route.open_questions=model", *plain]
    with subject(plan, changes) as engines:
        engines.ready()
        stages = engines.stages
        for worker in (*stages.thinkers, *stages.voices.values()):
            worker.warm().result()
        for text in _asked(plan):
            if stages.director is not None:
                stages.director.rest("en", [])
            for worker in stages.thinkers:
                worker.warm().result()  # what is prepared is there
            conversation = Conversation(0)
            sink, cpu = _Sink(), time.process_time()
            trace = run_turn(Typed(text, "en"), stages, sink, Cancel(), conversation).trace
            spent = sink.first - cpu if sink.first is not None else None
            yield _row(text, trace.outcome, trace.spans, trace.first_audio_seconds, spent)


class _Sink(RecordingSink):
    """Notes what processor time was spent until the first sound."""

    first: float | None = None

    def play(self, speech: Speech) -> float:
        self.first = self.first or time.process_time()
        return super().play(speech)


def _row(
    text: str,
    outcome: str,
    spans: Sequence[Span],
    first_audio: float | None,
    cpu: float | None,
) -> Row:
    of = {span.stage: span for span in reversed(spans)}  # the first of each
    think = of["think"].detail if "think" in of else {}
    routed = of["direct"].start if "direct" in of else 0.0
    return Row(
        text,
        outcome,
        str(of["direct"].detail.get("by", "")) if "direct" in of else "a function",
        first_audio,
        cpu,
        routed,
        think.get("first_token_seconds"),
        think.get("first_clause_seconds"),
        of["synthesize"].seconds if "synthesize" in of else None,
        int(think.get("tokens", 0)),
        str(think.get("ended_by", "")),
    )


def figures(rows: Sequence[Row]) -> list[Figure]:
    mine = [row for row in rows if row.by == "model" and row.outcome == "answered"]
    parts: dict[str, list[float | None]] = {
        "end of question to first audio": [row.first_audio for row in mine],
        "  the same in processor time": [row.cpu for row in mine],
        "  of it until it is known to be a question": [row.routed for row in mine],
        "  of it first token": [row.first_token for row in mine],
        "  of it first clause (with the first token)": [row.first_clause for row in mine],
        "  of it voice": [row.voice for row in mine],
    }
    detail = f"{len(mine)} of {len(rows)} questions"
    made = []
    for name, values in parts.items():
        known = [value for value in values if value is not None]
        for share in (0.5, 0.95):
            what = f"{name}, p{round(100 * share)}"
            made.append(Figure(what, "s", {OURS: percentile(known, share)}, detail))
    return made


MEASURE = Measure(
    "answers",
    "Open questions: end of the question to the first sound of the answer",
    models_lack,
    lambda plan: len(_asked(plan)),
    rows,
    figures,
)
