"""What is said when something comes due, and how moments and recurrences are told."""

from __future__ import annotations

import datetime as dt

from assistant import spoken
from assistant.handlers.timekeeping.due_items import DueItem
from assistant.handlers.timekeeping.timer_words import title
from assistant.quantities import DateRange
from assistant.recurrence import Recurrence
from assistant.types import Announcement, Reply

_SOON = 6  # days: a weekday alone tells which
# what the user calls his own is the listener's when it is said back to him
_TURNED = {
    "en": {"my": "your", "i": "you", "me": "you", "am": "are", "mine": "yours", "our": "your"}
    | {"myself": "yourself", "i'm": "you're", "i've": "you've", "i'll": "you'll", "we": "you"},
    "es": {"mi": "tu", "mis": "tus", "mío": "tuyo", "mía": "tuya", "nuestro": "vuestro"}
    | {"tengo": "tienes", "debo": "debes", "necesito": "necesitas", "voy": "vas"},
}
_PRETERITES = {
    "fui": "fuiste", "hice": "hiciste", "puse": "pusiste", "tuve": "tuviste", "dije": "dijiste",
    "estuve": "estuviste", "di": "diste", "vi": "viste", "pude": "pudiste", "quise": "quisiste",
    "vine": "viniste", "traje": "trajiste", "supe": "supiste", "anduve": "anduviste",
    "he": "has", "había": "habías",
}  # fmt: skip
_ENDINGS = (("qué", "caste"), ("gué", "gaste"), ("cé", "zaste"), ("é", "aste"), ("í", "iste"))
_PAST = frozenset(
    "aparqué coloqué saqué toqué busqué apagué pagué colgué cargué entregué empecé comencé almorcé"
    " dejé guardé compré tomé llamé hablé encontré cambié presté cerré envié mandé terminé quedé"
    " reservé trabajé usé olvidé regalé instalé llevé visité enterré estacioné escondí perdí vendí"
    " comí metí subí escribí nací conocí recibí pedí salí aprendí viví bebí prometí devolví abrí"
    " cumplí rompí bajé anoté apunté firmé pinté planté eché".split()
)
"""What people remember having done. Not every word in -é is a verb: "café y leche" is none."""
_BEFORE_VERB = frozenset("no ya me lo la los las le les te ayer hoy anoche antes nunca yo".split())
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SETS = {
    "MO,TU,WE,TH,FR": ("every weekday", "de lunes a viernes"),
    "SA,SU": ("every weekend", "los fines de semana"),
    "MO,TU,WE,TH,FR,SA,SU": ("every day", "todos los días"),
}
_UNITS = {
    "MINUTELY": ("minute", "minutes", "minuto", "minutos"),
    "HOURLY": ("hour", "hours", "hora", "horas"),
    "DAILY": ("day", "days", "día", "días"),
    "WEEKLY": ("week", "weeks", "semana", "semanas"),
    "MONTHLY": ("month", "months", "mes", "meses"),
    "YEARLY": ("year", "years", "año", "años"),
}


def announce(item: DueItem) -> Announcement:
    """What is said when it is due, or was while the program was off; a command is carried out
    only when it is its time."""
    late = _late if item.late else _now
    text = late(item, item.language)
    reply = Reply(text[:1].upper() + text[1:], item.language)
    if item.kind == "command":
        command = "" if item.late else item.text
        return Announcement(reply, chime="none", key=item.key, command=command)
    return Announcement(reply, chime="alarm", key=item.key)


def interrupted(item: DueItem) -> Announcement:
    """Of a command that was being carried out when the program ended."""
    text = (
        f"Puede que no haya terminado lo que me pediste: {item.text}."
        if item.language == "es"
        else f"I may not have finished what you asked for: {item.text}."
    )
    return Announcement(Reply(text, item.language), key=item.key)


def _now(item: DueItem, language: str) -> str:
    match item.kind:
        case "timer":
            name = title(item, language)
            return f"{name} ha terminado." if language == "es" else f"{name} is done."
        case "reminder":
            word = "recordatorio" if language == "es" else "reminder"
            return f"{word}: {turned(item.text, language)}."
        case "alarm":
            time = (
                item.due.astimezone() if item.wall is None or item.snoozed else item.wall
            ).time()
            says = spoken.clock(time, language)
            name = f": {item.text}" if item.text else ""
            return f"{_is(time, says)}{name}." if language == "es" else f"it's {says}{name}."
    return item.text


def _late(item: DueItem, language: str) -> str:
    then = item.wall or item.due.astimezone().replace(tzinfo=None)
    clock = at(spoken.clock(then.time(), language, part_of_day=True), language)
    what = turned(item.text, language)
    spanish = language == "es"
    match item.kind:
        case "timer":
            name = title(item, language)
            text = f"{name} terminó {clock}" if spanish else f"{name} went off {clock}"
        case "alarm":
            name = f" ({item.text})" if item.text else ""
            text = (
                f"sonó tu alarma{name} {clock}" if spanish else f"your alarm{name} went off {clock}"
            )
        case "reminder":
            text = (
                f"había un recordatorio {clock}: {what}"
                if spanish
                else (f"there was a reminder {clock}: {what}")
            )
        case "command":
            text = (
                f"pasó la hora de algo que no he hecho: {what}"
                if spanish
                else (f"the time passed for something that I have not done: {what}")
            )
    return f"mientras estaba apagado, {text}." if spanish else f"while I was off, {text}."


def _is(time: dt.time, says: str) -> str:
    singular = time.hour % 12 == 1 or says in ("mediodía", "medianoche")
    return f"{'es' if singular else 'son'} {says}"


def in_short(item: DueItem, now: dt.datetime, language: str) -> str:
    """ "your pasta timer", "your alarm at seven in the morning", "a reminder at noon: call mum"."""
    spanish = language == "es"
    if item.kind == "timer":
        return title(item, language)
    then = when(item.due, now, language)
    what = f": {turned(item.text, language)}" if item.text else ""
    if item.kind == "alarm":
        return f"tu alarma {then}{what}" if spanish else f"your alarm {then}{what}"
    return f"un recordatorio {then}{what}" if spanish else f"a reminder {then}{what}"


def turned(text: str, language: str) -> str:
    """What the user wants to be told, as it is said to him: "call my mum" -> "call your mum"."""
    table, words = _TURNED[language], text.split()
    if language == "es":
        words = _preterite_turned(words)
    return " ".join(table.get(word.lower(), word) for word in words)


def _preterite_turned(words: list[str]) -> list[str]:
    """ "ayer aparqué en el café" -> "ayer aparcaste en el café": a verb stands first, or behind
    what such a sentence begins with; later in it, an accent is more often a noun's."""
    place = next((n for n, word in enumerate(words) if word.lower() not in _BEFORE_VERB), None)
    if place is None:
        return words
    word = words[place].lower()
    done = _PRETERITES.get(word, word)
    for ending, other in _ENDINGS if word in _PAST and done == word else ():
        if word.endswith(ending):
            done = word.removesuffix(ending) + other
            break
    before = ["te" if w.lower() == "me" and done != word else w for w in words[:place]]
    return [*before, done if done != word else words[place], *words[place + 1 :]]


def at(clock: str, language: str) -> str:
    """ "a las siete", "al mediodía", "at seven"."""
    if language != "es":
        return f"at {clock}"
    return "al mediodía" if clock == "mediodía" else f"a {clock}"


def when(then: dt.datetime, now: dt.datetime, language: str) -> str:
    """A moment to come, as near as it is: "at seven in the evening", "tomorrow at ...", "on Friday
    at ..."; both aware."""
    then = then.astimezone(now.tzinfo)
    clock = at(spoken.clock(then.time(), language, part_of_day=True), language)
    day = day_in_words(then.date(), now.date(), language)
    return f"{day} {clock}" if day else clock


def day_in_words(day: dt.date, today: dt.date, language: str) -> str:
    """Empty for today."""
    spanish = language == "es"
    days = (day - today).days
    if days == 0:
        return ""
    if days == 1:
        return "mañana" if spanish else "tomorrow"
    if 1 < days <= _SOON:
        name = spoken.weekday(day, language)
        return f"el {name}" if spanish else f"on {name}"
    date = spoken.date(day, language, with_year=day.year != today.year)
    return f"el {date}" if spanish else f"on {date}"


def days_in_words(days: DateRange, today: dt.date, language: str) -> str:
    """ "today", "tomorrow", "from Monday to Thursday"."""
    if days.first == days.last:
        now = "hoy" if language == "es" else "today"
        return day_in_words(days.first, today, language) or now
    return spoken.date_range(days, language)


def rule_in_words(item: DueItem, language: str) -> str:
    """When it recurs: "every weekday at seven", "every two weeks on Monday at nine"."""
    assert item.wall is not None
    parts = Recurrence(item.rule).parts
    often = _how_often(parts, item.wall, language)
    if parts["FREQ"] in ("HOURLY", "MINUTELY"):
        return often
    hours = map(int, parts["BYHOUR"].split(",")) if "BYHOUR" in parts else [item.wall.hour]
    clocks = [spoken.clock(item.wall.time().replace(hour=h), language, part_of_day=True)
              for h in hours]  # fmt: skip
    return f"{often} {spoken.listing([at(clock, language) for clock in clocks], language)}"


def _how_often(parts: dict[str, str], wall: dt.datetime, language: str) -> str:
    spanish = language == "es"
    every = int(parts.get("INTERVAL", "1"))
    days = parts.get("BYDAY", "")
    if every == 1 and days in _SETS:
        return _SETS[days][spanish]
    names = (
        _weekdays(days, wall, language) if days and days.strip("-0123456789,")[:2] in _DAYS else ""
    )
    if parts["FREQ"] == "WEEKLY" and every == 1 and (names or days == ""):
        names = names or _weekdays(_DAYS[wall.weekday()], wall, language)
        return f"cada {names}" if spanish else f"every {names}"
    one, many, uno, muchos = _UNITS[parts["FREQ"]]
    if spanish:
        unit = uno if every == 1 else f"{spoken.number(every, language)} {muchos}"
        text = f"cada {unit}"
    else:
        unit = one if every == 1 else f"{spoken.number(every, language)} {many}"
        text = f"every {unit}"
    return text + _on_days(parts, names, wall, language)


def _on_days(parts: dict[str, str], names: str, wall: dt.datetime, language: str) -> str:
    spanish = language == "es"
    if names and parts["FREQ"] == "WEEKLY":
        return f" el {names}" if spanish else f" on {names}"
    if parts["FREQ"] == "MONTHLY":
        if names:
            day = spoken.nth_weekday(parts["BYDAY"], language)
            return f" {day}" if spanish else f" on {day}"
        return (
            f" el día {spoken.number(wall.day, language)}"
            if spanish
            else (f" on the {spoken.date(wall, language).rpartition(' ')[2]}")
        )
    if parts["FREQ"] == "YEARLY":
        date = spoken.date(wall, language).partition(" " if spanish else ", ")[2]
        return f" el {date}" if spanish else f" on {date}"
    return ""


def _weekdays(days: str, wall: dt.datetime, language: str) -> str:
    start = wall.date() - dt.timedelta(wall.weekday())
    numbers = [_DAYS.index(day.strip("-0123456789")) for day in days.split(",")]
    return spoken.listing(
        [spoken.weekday(start + dt.timedelta(n), language) for n in numbers], language
    )
