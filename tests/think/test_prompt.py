import pytest

from assistant.stages import Exchange
from assistant.think.prompt import SYSTEM, messages

HISTORY = [Exchange("Hello.", "Good morning.")]


def test_what_never_changes_comes_first():
    early = messages("Why?", "en", HISTORY, ["It is 7:05 pm."])
    late = messages("How?", "en", [*HISTORY, Exchange("Why?", "So.")], ["It is 7:06 pm."])
    assert late[:3] == early[:3]
    assert [m["role"] for m in late] == [
        "system", "user", "assistant", "user", "assistant", "user",
    ]  # fmt: skip


def test_facts_stand_with_the_question():
    *_, last = messages("What time is it?", "en", [], ["It is 7:05 pm.", "Battery: 80 percent."])
    assert last["content"] == (
        "True now: It is 7:05 pm. Battery: 80 percent.\nQuestion: What time is it?"
    )


def test_without_facts_there_is_only_the_question():
    assert messages("Why?", "es", [], [])[-1] == {"role": "user", "content": "Why?"}


@pytest.mark.parametrize(("language", "system"), [("en", "en"), ("es", "es"), ("de", "en")])
def test_the_system_prompt_is_in_the_users_language(language, system):
    assert messages("?", language, [], [])[0]["content"] == SYSTEM[system]
