"""Alarms, reminders and commands for later, asked for in words."""

import datetime as dt

import pytest

from assistant.handlers.timekeeping.due_words import announce

D = dt.timedelta


@pytest.fixture
def store(device):
    return device.family("alarms").store


def test_set_once_and_told(device, store):
    assert device.say("wake me up at 6:30 am") == (
        "I'll ring tomorrow at six thirty in the morning."
    )
    [alarm] = store.all("alarm")
    assert (alarm.wall, alarm.rule) == (dt.datetime(2025, 11, 23, 6, 30), "")
    assert device.say("when is my next alarm") == (
        "Your next alarm is tomorrow at six thirty in the morning."
    )
    assert device.say("despiértame mañana a las siete", "es") == (
        "Sonaré mañana a las siete de la mañana."
    )


def test_who_wants_to_be_woken_at_seven_means_the_morning(device):
    assert device.say("wake me at seven") == "I'll ring tomorrow at seven o'clock in the morning."
    assert device.say("set an alarm for seven") == "I'll ring at seven o'clock in the evening."
    assert device.say("wake me at seven pm") == "I'll ring at seven o'clock in the evening."


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "wake me up at seven fifteen"),
        ("en", "wake me up at 7:15"),
        ("en", "wake me up at 8:20"),
        ("en", "wake me up at twenty past eight"),
        ("es", "despiértame a las siete y veinte"),
        ("es", "mañana me tengo que levantar a las siete y cuarto"),
    ],
)
def test_minutes_do_not_say_that_it_is_the_evening(device, store, language, sentence):
    device.say(sentence, language)
    [alarm] = store.all("alarm")
    assert alarm.wall.date() == dt.date(2025, 11, 23)
    assert alarm.wall.hour in (7, 8)


def test_an_hour_of_the_clock_of_twenty_four_says_it(device, store):
    device.say("wake me at 19:15")
    device.say("wake me at 05:30")
    device.say("despiértame a las veinte", "es")
    walls = [alarm.wall for alarm in store.all("alarm")]
    assert walls == [dt.datetime(2025, 11, 22, 19, 15), dt.datetime(2025, 11, 22, 20),
                     dt.datetime(2025, 11, 23, 5, 30)]  # fmt: skip


def test_a_day_before_the_verb_and_a_time_after_it(device):
    assert device.say("mañana me tengo que levantar a las cinco", "es") == (
        "Sonaré mañana a las cinco de la madrugada."
    )


def test_without_a_time_it_asks(device, store):
    reply = device.ask("set an alarm")
    assert (reply.listen_again, reply.asks.function, reply.asks.slot) == (
        True,
        "alarms.set",
        "when",
    )
    assert device.ask("set an alarm for tomorrow").asks.known == {"day": dt.date(2025, 11, 23)}
    assert store.all() == []


def test_recurring(device, store):
    assert device.say("set an alarm for 6:30 on weekdays") == (
        "I'll ring every weekday at six thirty in the morning."
    )
    device.say("every sunday at nine called church")
    assert device.say("what alarms do I have") == (
        "You have two alarms: every Sunday at nine o'clock in the morning (church)"
        " and every weekday at six thirty in the morning."
    )
    assert [a.wall.date().day for a in store.all("alarm")] == [23, 24]


def test_it_rings_snoozes_and_goes_on_the_next_time(device, store):
    device.say("wake me every day at seven am")
    device.now = dt.datetime(2025, 11, 23, 7, tzinfo=dt.UTC)
    [alarm] = store.due(device.now)
    assert announce(alarm).reply.text == "It's seven o'clock."
    assert device.say("snooze") == "Again in ten minutes."
    assert store.due(device.now + D(minutes=9)) == []
    device.wait(minutes=10)
    assert len(store.due(device.now)) == 1
    assert device.ask("turn off my alarm").stop_speaking
    [alarm] = store.all("alarm")
    assert (alarm.state, alarm.wall) == ("running", dt.datetime(2025, 11, 24, 7))
    assert device.ask("snooze").text == "Nothing is ringing."


def test_move_keeps_the_half_of_the_day_and_can_be_taken_back(device, store):
    device.say("set an alarm for 7 am")
    before = store.all()
    reply = device.ask("move my seven o'clock alarm to eight")
    assert reply.text == "Now I'll ring tomorrow at eight o'clock in the morning."
    reply.undo()
    assert store.all() == before
    assert device.say("move my seven o'clock alarm to 9 pm") == (
        "Now I'll ring tomorrow at nine o'clock in the evening."
    )


def test_cancel_by_time_by_name_and_back(device, store):
    device.say("set an alarm for 7 am")
    device.say("set an alarm for 9 am called work")
    assert not device.ask("cancel the 5 am alarm").ok
    reply = device.ask("cancel the work alarm")
    assert reply.text.endswith("is cancelled.")
    assert [a.text for a in store.all("alarm")] == [""]
    reply.undo()
    assert sorted(a.text for a in store.all("alarm")) == ["", "work"]
    reply = device.ask("cancel the alarm")
    assert reply.listen_again
    assert reply.text.startswith("Which one?")
    assert device.say("cancel all alarms") == "Two alarms are cancelled."
    assert device.say("cancel all alarms") == "There is no alarm."


def test_skip(device, store):
    device.say("wake me every day at seven am")
    reply = device.ask("skip tomorrow's alarm")
    assert reply.text == "Skipped. The next time is on Monday at seven o'clock in the morning."
    reply.undo()
    assert store.all()[0].wall.day == 23
    assert device.say("cancel the alarm for tomorrow").startswith("Skipped.")


def test_nothing_is_set_in_the_past_or_twice_too_many(device, store):
    assert device.ask("set an alarm for yesterday at noon").text in (
        "That time has passed.",
        "For what time?",
    )
    for _ in range(100):
        assert device.ask("set an alarm for 7 am").ok
    assert not device.ask("set an alarm for 7 am").ok


# -- reminders ------------------------------------------------------------------------------------


def test_reminders_are_set_told_and_listed(device, store):
    assert device.say("Remind me to call my Mum tomorrow at five.") == (
        "I'll remind you tomorrow at five o'clock in the afternoon: call your Mum."
    )
    assert device.say("remind me in ten minutes to check the oven") == (
        "In ten minutes I'll remind you: check the oven."
    )
    assert device.say("remind me every monday to take out the bins") == (
        "I'll remind you every Monday at nine o'clock in the morning: take out the bins."
    )
    assert device.say("do i have any reminders for monday") == (
        "One reminder, every Monday at nine o'clock in the morning: take out the bins."
    )
    device.wait(minutes=10)
    [reminder] = store.due(device.now)
    said = announce(reminder)
    assert (said.reply.text, said.chime) == ("Reminder: check the oven.", "alarm")
    assert device.ask("stop").stop_speaking
    assert len(store.all("reminder")) == 2


@pytest.mark.parametrize(
    ("language", "sentence", "hour"),
    [
        ("en", "remind me to buy 20 eggs tomorrow at five", 17),
        ("en", "remind me to call mum tomorrow at five fifteen", 17),
        ("en", "remind me to take fifteen pills tomorrow at six", 18),
        ("es", "recuérdame comprar 20 huevos mañana a las cinco", 17),
        ("en", "remind me to run tomorrow at 05:30", 5),
    ],
)
def test_other_numbers_do_not_say_that_it_is_the_morning(device, store, language, sentence, hour):
    device.say(sentence, language)
    [reminder] = store.all("reminder")
    assert (reminder.wall.day, reminder.wall.hour) == (23, hour)


@pytest.mark.parametrize(
    ("language", "sentence", "minutes"),
    [
        ("en", "remind me to take the pasta off in 8", 8),
        ("en", "remind me in 8 to take the pasta off", 8),
        ("en", "remind me to turn off the stove in 15", 15),
        ("en", "wake me up in 15", 15),
        ("en", "set an alarm in 90", 90),
        ("en", "mute the sound in 10", 10),
        ("en", "in 10 mute the sound", 10),
        ("es", "recuérdame apagar el fuego en 15", 15),
        ("es", "pon una alarma en 15", 15),
        ("es", "quita el sonido dentro de 45", 45),
    ],
)
def test_in_so_many_is_minutes(device, store, language, sentence, minutes):
    device.say(sentence, language)
    assert [item.length for item in store.all()] == [D(minutes=minutes)]


@pytest.mark.parametrize(
    ("language", "sentence", "at"),
    [
        ("en", "remind me to take the bins out tonight", (22, 43)),
        ("en", "remind me to call mum this evening", (22, 43)),
        ("es", "recuérdame sacar la basura esta noche", (22, 43)),
    ],
)
def test_a_part_of_the_day_that_still_lasts_means_soon(device, store, language, sentence, at):
    device.now = dt.datetime(2025, 11, 22, 21, 43, tzinfo=dt.UTC)
    device.say(sentence, language)
    [reminder] = store.all("reminder")
    assert (reminder.wall.day, reminder.wall.hour, reminder.wall.minute) == (22, *at)
    device.now = dt.datetime(2025, 11, 22, 23, 50, tzinfo=dt.UTC)
    device.say(sentence, language)
    assert store.all("reminder")[0].wall.day == store.all("reminder")[1].wall.day == 22


def test_a_part_of_the_day_that_is_over_has_passed(device, store):
    device.now = dt.datetime(2025, 11, 22, 21, 43, tzinfo=dt.UTC)
    assert device.say("remind me this afternoon to call mum") == "That time has passed."
    assert store.all() == []


def test_reminders_in_spanish(device):
    assert device.say("recuérdame llamar a mi madre mañana a las cinco", "es") == (
        "Te lo recordaré mañana a las cinco de la tarde: llamar a tu madre."
    )
    assert device.say("recuérdame sacar la basura todos los lunes", "es") == (
        "Te lo recordaré cada lunes a las nueve de la mañana: sacar la basura."
    )
    assert device.say("borra el recordatorio de la basura", "es").startswith("He borrado")
    assert device.say("qué recordatorios tengo", "es").startswith("Un recordatorio, mañana")


def test_a_reminder_without_a_time_asks_and_knows_what(device):
    reply = device.ask("remind me to call my mom")
    assert (reply.asks.slot, dict(reply.asks.known)) == ("when", {"what": "call my mom"})
    assert device.ask("create a reminder").asks.slot == "what"


def test_reminders_are_moved_and_deleted_and_back(device, store):
    device.say("remind me to call mum tomorrow at five pm")
    reply = device.ask("move my reminder to call mum to six")
    assert reply.text == "Now I'll remind you tomorrow at six o'clock in the evening."
    reply.undo()
    assert store.all()[0].wall.hour == 17
    reply = device.ask("cancel the reminder about mum")
    assert store.all() == []
    reply.undo()
    assert len(store.all()) == 1
    assert device.ask("delete the reminder about the dog").text == (
        "There is no reminder about the dog."
    )


def test_what_was_missed_is_told_when_asked(device, store):
    assert device.say("what did I miss") == "You did not miss anything."
    device.say("remind me in ten minutes to check the oven")
    device.wait(minutes=10)
    [reminder] = store.due(device.now)
    store.unheard(reminder.id, device.now)
    assert device.say("what did I miss") == (
        "You missed a reminder at five ten in the afternoon: check the oven."
    )
    assert device.say("remind me again in ten minutes") == "Again in ten minutes."
    assert [i.state for i in store.all()] == ["running"]


def test_what_came_due_while_the_program_was_off(device, store):
    device.say("remind me in ten minutes to check the oven")
    device.say("in ten minutes mute the sound")
    device.wait(hours=1)
    said = [announce(item) for item in store.due(device.now)]
    assert said[0].reply.text.startswith("While I was off, there was a reminder at ")
    assert said[1].command == ""  # what is an hour late is told, not done
    assert said[1].reply.text.endswith("for something that I have not done: mute the sound.")


# -- commands for later ---------------------------------------------------------------------------


def test_a_command_for_later_is_kept_and_given_out_once(device, store):
    reply = device.ask("Mute the sound in five minutes.")
    assert reply.text == "In five minutes: Mute the sound."
    device.wait(minutes=5)
    [item] = store.due(device.now)
    assert announce(item).command == "Mute the sound"
    assert store.due(device.now) == []
    assert device.say("what have you scheduled").startswith("Scheduled: at")
    device.say("cancel the scheduled commands")
    assert store.all() == []


@pytest.mark.parametrize("sentence", ["how is the weather in two hours", "in ten minutes"])
def test_what_is_no_command_is_not_put_off(device, sentence):
    assert device.cascade.route(sentence, "en").__class__.__name__ in ("Question", "Unheard")


def test_the_next_one_and_those_of_some_days_are_cancelled_and_back(device, store):
    device.say("wake me tomorrow at 6 am")
    device.say("set an alarm for monday at 7 am")
    device.say("set an alarm for 9 am on weekdays")
    reply = device.ask("cancel my next alarm")
    assert reply.text == "The alarm tomorrow at six o'clock in the morning is cancelled."
    reply.undo()
    assert device.say("cancel my alarms for next week") == "Two alarms are cancelled."
    left = {alarm.text or alarm.rule or "once": alarm for alarm in store.all("alarm")}
    assert len(left) == 2
    [again] = [alarm for alarm in left.values() if alarm.rule]
    assert again.due.date() == dt.date(2025, 12, 1)  # the monday after that week


def test_by_so_much_earlier_and_back(device, store):
    device.say("set an alarm for seven am")
    assert device.say("wake me half an hour earlier") == (
        "Now I'll ring tomorrow at six thirty in the morning."
    )
    assert device.say("push my alarm back by an hour") == (
        "Now I'll ring tomorrow at seven thirty in the morning."
    )
    assert device.say("adelanta la alarma quince minutos", "es") == (
        "Ahora sonaré mañana a las siete y cuarto de la mañana."
    )
    [alarm] = store.all("alarm")
    assert alarm.wall == dt.datetime(2025, 11, 23, 7, 15)


def test_moved_past_midnight_it_is_the_named_day_that_is_left_out(device, store):
    device.say("wake me up at 12:10 am every day")
    device.say("wake me half an hour earlier on monday")
    recurring, once = sorted(store.all("alarm"), key=lambda alarm: not alarm.rule)
    assert recurring.skips == (dt.date(2025, 11, 24),)
    assert once.wall == dt.datetime(2025, 11, 23, 23, 40)


def test_of_one_that_recurs_only_the_day_that_was_named_is_moved(device, store):
    device.say("wake me up at seven am every day")
    reply = device.ask("wake me half an hour earlier tomorrow")
    assert reply.text == "I'll ring tomorrow at six thirty in the morning, only that day."
    walls = sorted(alarm.wall for alarm in store.all("alarm"))
    assert walls == [dt.datetime(2025, 11, 23, 6, 30), dt.datetime(2025, 11, 24, 7)]
    reply.undo()
    [alarm] = store.all("alarm")
    assert (alarm.wall, alarm.skips) == (dt.datetime(2025, 11, 23, 7), ())


def test_what_cannot_be_moved_by_so_much_is_told(device):
    assert device.say("wake me half an hour earlier") == "There is no alarm."
    device.say("set an alarm for seven am")
    assert device.say("delay the alarm by two days") == "Say by how much, up to a day."
