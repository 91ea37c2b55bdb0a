"""What every thinker keeps, the fake one and the real one."""

import threading
import time
from collections.abc import Callable, Sequence

import pytest

from assistant import config
from assistant.errors import ModelError
from assistant.stages import Answer, Exchange, Thinker
from assistant.testing import FakeThinker
from assistant.think.slm import load_thinker
from assistant.worker import Cancel

LONG = "Write a very long story about a dog, a cat and a boat."


class ThinkerContract:
    """A subclass gives the `thinker`, whose answer to LONG takes over a tenth of a second."""

    def ask(
        self,
        thinker: Thinker,
        question: str,
        *,
        history: Sequence[Exchange] = (),
        facts: Sequence[str] = (),
        on_text: Callable[[str], object] | None = None,
        cancel: Cancel | None = None,
        begun: str = "",
    ) -> tuple[Answer, list[str]]:
        pieces: list[str] = []
        answer = thinker.answer(
            question,
            language="en",
            history=history,
            facts=facts,
            on_text=on_text or pieces.append,
            cancel=cancel or Cancel(),
            begun=begun,
        )
        return answer, pieces

    def test_answers_piece_by_piece(self, thinker):
        answer, pieces = self.ask(thinker, "What is the capital of France?")
        assert "".join(pieces) == answer.text
        assert len(pieces) > 1
        assert answer.text.strip()
        assert answer.ended_by == "end"

    def test_counts_what_it_costs(self, thinker):
        answer, _ = self.ask(thinker, "What is the capital of France?")
        assert answer.tokens > 0
        assert 0 <= answer.cached_tokens <= answer.prompt_tokens
        assert 0 < answer.first_token_seconds <= answer.seconds

    def test_cancelled_before_it_began(self, thinker):
        cancel = Cancel()
        cancel.set()
        answer, pieces = self.ask(thinker, LONG, cancel=cancel)
        assert (answer.text, pieces, answer.ended_by) == ("", [], "cancelled")

    def test_cancelled_while_writing(self, thinker):
        cancel = Cancel()
        pieces = []

        def on_text(piece):
            pieces.append(piece)
            if len(pieces) == 3:
                cancel.set()

        answer, _ = self.ask(thinker, LONG, on_text=on_text, cancel=cancel)
        assert answer.ended_by == "cancelled"
        assert answer.text == "".join(pieces)
        assert len(pieces) == 3

    def test_cancelled_from_another_thread_it_stops_at_once(self, thinker):
        cancel = Cancel()
        set_at = []

        def stop():
            set_at.append(time.monotonic())
            cancel.set()

        timer = threading.Timer(0.08, stop)
        timer.start()
        answer, _ = self.ask(thinker, LONG, cancel=cancel)
        ended = time.monotonic()
        timer.join()
        assert answer.ended_by == "cancelled"
        assert ended - set_at[0] < 30  # how soon is measured by `assistant bench engine`

    def test_a_cancelled_turn_does_not_touch_the_next(self, thinker):
        old = Cancel()
        self.ask(thinker, "Hello.", cancel=old)
        answer, _ = self.ask(thinker, "What is the capital of France?", on_text=lambda _: old.set())
        assert answer.ended_by == "end"

    def test_takes_history_and_facts(self, thinker):
        history = [Exchange("Hello.", "Good morning."), Exchange("Who are you?", "A voice.")]
        answer, _ = self.ask(thinker, "Hi.", history=history, facts=["It is 7:05 pm."])
        assert answer.prompt_tokens > 0

    def test_an_answer_that_has_begun_is_written_on(self, thinker):
        begun = "The sky is blue because of the air."
        answer, pieces = self.ask(thinker, "Why is the sky blue?", begun=begun)
        assert answer.text == "".join(pieces)
        assert begun not in answer.text


class TestFakeThinker(ThinkerContract):
    @pytest.fixture
    def thinker(self):
        return FakeThinker(["Paris is the capital of France, as far as I know."], seconds=0.02)


@pytest.fixture(scope="module")
def model():
    try:
        thinker = load_thinker(config.load(["think.temperature=0"]).config.think)
    except ModelError as error:
        pytest.skip(f"{error} (scripts/test installs it)")
    yield thinker
    thinker.close()


@pytest.mark.models
class TestLlamaThinker(ThinkerContract):
    @pytest.fixture
    def thinker(self, model):
        return model

    def test_knows_a_capital(self, thinker):
        answer, _ = self.ask(thinker, "What is the capital of France?")
        assert "Paris" in answer.text

    def test_the_beginning_of_the_prompt_is_not_evaluated_twice(self, thinker):
        self.ask(thinker, "Name a colour.", facts=["It is 7:05 pm."])
        answer, _ = self.ask(thinker, "Name an animal.", facts=["It is 7:06 pm."])
        assert answer.cached_tokens > answer.prompt_tokens / 2

    def test_the_same_question_costs_one_token(self, thinker):
        self.ask(thinker, "Name a colour.")
        answer, _ = self.ask(thinker, "Name a colour.")
        assert answer.cached_tokens == answer.prompt_tokens - 1

    def test_to_write_on_what_was_prepared_costs_one_token(self, thinker):
        """What was said is a part of the conversation by then: the answer goes on from the state
        that was kept, and says none of it again."""
        question, said = "Why is the sky blue?", "It is blue because the air scatters light."
        history = [Exchange("Hello.", "Good morning."), Exchange(question, said)]
        thinker.prepare(language="en", history=history, cancel=Cancel())
        answer, _ = self.ask(thinker, question, history=history[:-1], begun=said)
        assert answer.cached_tokens == answer.prompt_tokens - 1
        assert answer.text and not answer.text.startswith(said[:20])

    def test_what_was_said_too_long_ago_gives_way(self, thinker):
        answer, _ = self.ask(thinker, "Why is the sky blue?", begun="It is so. " * 2000)
        assert answer.prompt_tokens < 2048

    def test_cancelled_while_the_prompt_is_evaluated(self, thinker):
        cancel = Cancel()
        set_at = []

        def stop():
            set_at.append(time.monotonic())
            cancel.set()

        timer = threading.Timer(0.3, stop)
        timer.start()
        answer, pieces = self.ask(thinker, "a b c d e f g h " * 300, cancel=cancel)
        ended = time.monotonic()
        timer.join()
        assert (answer.ended_by, answer.tokens, pieces) == ("cancelled", 0, [])
        assert ended - set_at[0] < 30
        assert self.ask(thinker, "What is the capital of France?")[0].ended_by == "end"
