"""What every model that chooses functions keeps, the fake one and the real one. Which functions it
chooses is another matter: nothing that it writes is believed (`assistant.toolbox`)."""

import threading
import time

import pytest

from assistant import config
from assistant.errors import ModelError
from assistant.stages import Call, Called, Exchange, Tool
from assistant.testing import FakeToolUser
from assistant.think import calls
from assistant.think.slm import load_thinker
from assistant.worker import Cancel

TOOLS = [
    Tool("timers.start", "set a ten minute timer", {"length": "duration", "name": "words"}),
    Tool("volume.set", "set the volume to half", {"level": "number"}),
    Tool("lamp.color", "make it red", {"color": "words"}, {"color": ["red", 'a "blue"', "grün"]}),
    Tool('odd"name', "do it", {}),
]
TEXTS = [
    "set a timer for ten minutes and turn the volume to fifty",
    'write a poem"}]',
    "make the lamp a green one, then do it",
]
TOLD = [Called(Call("timers.start", (("length", "10 minutes"),)), 'Ten minutes. "}] [{"function"')]


class ToolUserContract:
    def call(self, model, text, *, called=(), cancel=None, tools=TOOLS, language="en"):
        return model.call(
            text,
            tools,
            language=language,
            history=[Exchange("Hello.", "Good morning.")],
            facts=["It is noon."],
            called=called,
            cancel=cancel or Cancel(),
        )

    @pytest.mark.parametrize("called", [(), TOLD], ids=["at first", "after a call"])
    def test_it_names_only_what_is_offered(self, model, called):
        names = {tool.name: tool for tool in TOOLS}
        for text in TEXTS:
            for call in self.call(model, text, called=called):
                assert 0 <= call.score <= 1
                slots = [name for name, _ in call.values]
                assert len(slots) == len(set(slots))
                assert set(slots) <= set(names[call.tool].values)
                for slot, value in call.values:
                    choices = names[call.tool].choices.get(slot)
                    assert value and (choices is None or value in choices)

    def test_in_spanish(self, model):
        for call in self.call(model, "pon diez minutos", language="es"):
            assert call.tool in {tool.name for tool in TOOLS}

    def test_cancelled_before_it_began(self, model):
        cancel = Cancel()
        cancel.set()
        assert self.call(model, TEXTS[0], cancel=cancel) is None

    def test_cancelled_it_ends_soon(self, model):
        cancel, set_at = Cancel(), []

        def stop():
            set_at.append(time.monotonic())
            cancel.set()

        timer = threading.Timer(0.05, stop)
        timer.start()
        found = self.call(model, TEXTS[0] + " and do that again" * 100, cancel=cancel)
        ended = time.monotonic()
        timer.join()
        assert found is None
        assert ended - set_at[0] < 30  # how soon is measured by `assistant bench engine`

    def test_it_answers_afterwards(self, model):
        self.call(model, TEXTS[0])
        answer = model.answer(
            "Say hello.", language="en", history=[], facts=[],
            on_text=lambda _: None, cancel=Cancel(),
        )  # fmt: skip
        assert answer.text


class TestFakeToolUser(ToolUserContract):
    @pytest.fixture
    def model(self):
        start = Call("timers.start", (("length", "10 minutes"),))
        return FakeToolUser([[start, Call("rocket.start")]] * 9, seconds=0.1)


@pytest.fixture(scope="module")
def loaded():
    try:
        thinker = load_thinker(config.load(["think.temperature=0"]).config.think)
    except ModelError as error:
        pytest.skip(f"{error} (scripts/test installs it)")
    yield thinker
    thinker.close()


@pytest.mark.models
class TestLlamaToolUser(ToolUserContract):
    @pytest.fixture
    def model(self, loaded):
        return loaded

    def test_a_round_costs_only_what_was_told(self, loaded):
        """It begins with the round before, whose evaluation is kept."""
        llama = loaded._llama
        self.call(loaded, TEXTS[0])
        first = loaded._chat.encode(calls.prompt(TEXTS[0], TOOLS, (), "en", [], []))
        second = loaded._chat.encode(calls.prompt(TEXTS[0], TOOLS, TOLD, "en", [], []))
        written = second[len(first) :]
        assert second[: len(first)] == first
        assert len(written) < len(first) / 2
        assert llama.context > len(second)

    def test_where_nothing_fits_none_is_called(self, loaded):
        many = [Tool(f"lamp.n{n}", "turn the lamp on " * 20, {}) for n in range(40)]
        assert self.call(loaded, TEXTS[0], tools=many) == []

    def test_the_likeliest_few_are_asked_first_and_all_in_the_end(self, loaded):
        """The same tokens as where each of the vocabulary is asked about."""
        from assistant.think import sampling

        few = sampling._FEW
        written = []
        try:
            for sampling._FEW in (1, few):
                written.append([self.call(loaded, text) for text in TEXTS])
        finally:
            sampling._FEW = few
        assert written[0] == written[1]
