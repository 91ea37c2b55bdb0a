import datetime as dt
from dataclasses import replace

import pytest

from assistant.handlers.timekeeping.due_words import announce
from tests.handlers.conftest import Device

D = dt.timedelta


@pytest.fixture
def store(device):
    return device.family("timers").store


def test_a_timer_is_set_and_told(device, store):
    assert device.say("Set a timer for ten seconds.") == "Timer set for ten seconds."
    [timer] = store.all()
    assert (timer.due, timer.language) == (device.now + D(seconds=10), "en")


def test_names_are_kept_without_their_articles(device, store):
    assert device.say("set a timer for ten minutes for the pasta") == (
        "Pasta timer set for ten minutes."
    )
    device.say("pon un temporizador de cinco minutos para las tortillas", "es")
    assert [t.text for t in store.all()] == ["tortillas", "pasta"]


def test_set_in_spanish(device):
    assert device.say("pon un temporizador de diez minutos", "es") == (
        "Temporizador puesto: diez minutos."
    )


def test_without_a_length_it_asks(device, store):
    reply = device.ask("set a timer")
    assert reply.listen_again
    assert reply.asks.slot == "length"
    assert store.all() == []


@pytest.mark.parametrize("sentence", ["set a timer for zero seconds", "timer for 900 days"])
def test_impossible_lengths_are_refused(device, store, sentence):
    reply = device.ask(sentence)
    assert (reply.ok, reply.text) == (False, "A timer can run from one second to a year.")
    assert store.all() == []


def test_there_is_a_limit(device):
    for _ in range(100):
        assert device.ask("set a timer for ten minutes").ok
    assert not device.ask("set a timer for ten minutes").ok


def test_until_a_time_of_day(device, store):
    assert device.say("set a timer until seven pm") == "I'll ring at seven o'clock in the evening."
    assert store.next_due() == device.now.replace(hour=19)


def test_how_much_is_left(device):
    assert device.say("how much time is left") == "There is no timer."
    device.say("set a ten minute pasta timer")
    device.wait(minutes=4)
    assert device.say("how long is left on the pasta timer") == (
        "Your pasta timer has six minutes left."
    )
    assert device.say("cuánto le queda al temporizador", "es") == (
        "Tu temporizador de pasta termina dentro de seis minutos."
    )
    assert device.say("how long is left on the pizza timer") == "There is no pizza timer."
    device.say("set a two hour timer")
    device.wait(seconds=20)
    assert device.say("how much time is left") == (
        "Your pasta timer has five minutes and forty seconds left and"
        " your two hour timer has two hours left."
    )


def test_list(device):
    device.say("set a ten minute pasta timer")
    assert device.say("list my timers") == "Your pasta timer has ten minutes left."
    device.say("set a five minute timer")
    device.say("pause the pasta timer")
    assert device.say("what timers do I have") == (
        "You have two timers: your five minute timer has five minutes left and"
        " your pasta timer is paused, with ten minutes left."
    )
    assert device.say("qué temporizadores tengo", "es").startswith("Hay dos temporizadores: tu")


def test_cancel_by_name_by_length_and_alone(device, store):
    device.say("set a ten minute pasta timer")
    device.say("set a five minute timer")
    device.say("set a three minute timer")
    assert device.say("cancel the pastas timer") == "Your pasta timer is cancelled."
    assert device.say("cancel the five minute timer") == "Your five minute timer is cancelled."
    assert device.say("cancel the pizza timer") == "There is no pizza timer."
    assert device.say("cancela el temporizador", "es") == (
        "Tu temporizador de tres minutos está cancelado."
    )
    assert store.all() == []
    assert device.say("cancel the timer") == "There is no timer."


def test_among_several_it_asks_and_does_nothing(device, store):
    device.say("set a ten minute pasta timer")
    device.say("set a five minute timer")
    reply = device.ask("cancel the timer")
    assert reply.listen_again
    assert reply.text == "Which one? There is your five minute timer and your pasta timer."
    assert len(store.all()) == 2


def test_cancel_all(device, store):
    assert device.say("cancel all timers") == "There is no timer."
    device.say("set a ten minute timer")
    assert device.say("cancel all timers") == "Your ten minute timer is cancelled."
    device.say("set a ten minute timer")
    device.say("set a five minute timer")
    assert device.say("cancela todos los temporizadores", "es") == (
        "He cancelado los dos temporizadores."
    )
    assert store.all() == []


def test_cancel_all_while_one_rings_tells_how_many_and_keeps_what_ran(device, store):
    device.say("set a ten second timer")
    device.say("set a ten minute timer")
    device.say("set a five minute timer")
    device.wait(seconds=10)
    assert len(store.due(device.now)) == 1
    reply = device.ask("cancel all timers")
    assert (reply.text, reply.stop_speaking) == ("All three timers are cancelled.", True)
    assert not reply.looked  # so that it can be undone
    assert store.all() == []
    reply.undo()
    assert sorted(timer.length for timer in store.all()) == [
        dt.timedelta(minutes=5), dt.timedelta(minutes=10)
    ]  # fmt: skip


def test_cancel_all_where_all_ring_only_ends_them(device, store):
    device.say("set a ten second timer")
    device.wait(seconds=10)
    store.due(device.now)
    reply = device.ask("cancel all timers")
    assert (reply.text, reply.stop_speaking, reply.undo) == ("", True, None)
    assert store.all() == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "set a timer for 20"),
        ("en", "timer for twenty"),
        ("en", "set a timer in 20"),
        ("es", "pon un temporizador de 20"),
        ("es", "temporizador para veinte"),
    ],
)
def test_a_number_without_a_unit_is_minutes(device, store, language, sentence):
    device.say(sentence, language)
    assert [timer.length for timer in store.all()] == [dt.timedelta(minutes=20)]


def test_time_is_added_and_taken(device):
    device.say("set a ten minute pasta timer")
    assert device.say("add five minutes to the pasta timer") == "Now it has fifteen minutes left."
    assert device.say("quita diez minutos al temporizador", "es") == (
        "Ahora termina dentro de cinco minutos."
    )
    reply = device.ask("take ten minutes off the timer")
    assert (reply.ok, reply.text) == (False, "There is not that much left on it.")


def test_pause_and_resume(device, store):
    device.say("set a ten minute timer")
    device.wait(minutes=1)
    assert device.say("pause the timer") == "Paused, with nine minutes left."
    device.wait(hours=1)
    assert store.due(device.now) == []
    device.say("set a five minute timer")
    assert device.say("resume the timer") == "Running again: nine minutes left."
    assert store.all()[-1].due == device.now + D(minutes=9)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "stop"),
        ("en", "stop the timer"),
        ("en", "turn off the alarm"),
        ("en", "cancel"),
        ("es", "para"),
        ("es", "para el temporizador"),
        ("es", "apaga la alarma"),
    ],
)
def test_what_rings_is_ended_and_what_runs_runs_on(device, store, language, sentence):
    device.say("set a ten second timer")
    device.say("set a ten minute timer")
    device.wait(seconds=10)
    assert len(store.due(device.now)) == 1
    reply = device.ask(sentence, language)
    assert reply.stop_speaking
    assert reply.text == ""
    assert [t.state for t in store.all()] == ["running"]


def test_announcements(device, store):
    device.say("set a ten minute pasta timer")
    device.say("set a five minute timer")
    device.wait(minutes=10)
    quick, pasta = store.due(device.now)
    announcement = announce(pasta)
    assert announcement.reply.text == "Your pasta timer is done."
    assert (announcement.chime, announcement.key) == ("alarm", f"timer:{pasta.id}")
    assert (
        announce(replace(pasta, language="es")).reply.text
        == "Tu temporizador de pasta ha terminado."
    )
    assert announce(quick).reply.text.startswith(
        "While I was off, your five minute timer went off at "
    )


def test_timers_survive_a_restart_and_tell_what_was_missed(device, settings, cascade, tmp_path):
    device.say("set a ten minute pasta timer")
    device.say("set a two hour timer")
    device.functions.close()

    again = Device(settings, cascade, data=tmp_path / "data")
    again.wait(hours=1)
    [missed] = again.family("timers").store.due(again.now)
    assert missed.late
    assert again.say("list my timers") == (
        "You have two timers: your pasta timer is ringing"
        " and your two hour timer has one hour left."
    )
    again.functions.close()


def test_a_timer_that_is_over_has_no_zero_seconds_left(device):
    """As where nobody listens who would ring it."""
    device.say("set a timer for ten seconds")
    device.wait(seconds=12)
    assert device.say("how long is left on my timer") == "Your ten second timer is done."
    assert device.say("cuánto le queda al temporizador", "es") == (
        "Tu temporizador de diez segundos ha terminado."
    )
