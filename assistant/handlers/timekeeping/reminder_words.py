"""How people talk about reminders, and how we tell them back."""

from __future__ import annotations

import datetime as dt

from assistant.half_of_day import half_is_said
from assistant.handlers.timekeeping.alarm_words import RULES as ALARM_RULES
from assistant.handlers.timekeeping.due_items import DueItem
from assistant.handlers.timekeeping.due_words import rule_in_words, turned, when

RULES = {
    "en": {
        "must": "i (have to|need to|must|should|have got to)",
        "remind": "(remind me|remind us|remember me to|(make|be) sure to remind me|do not"
        " forget to remind me"
        "|i (need|want) to be reminded|remember to|do not let me forget|you need to remind me"
        "|[i need to] <set> [(a|an|the|another|my)] [(repeating|event|new)] (reminder|notification)"
        " [for (me|myself)]"
        "|[(a|another)] reminder)",
        "to": "(to|about|of|for|that|[that] i (have|need) to|that there is|that i)",
        "set": "(set|set up|create|make|add|put|i need|i want|give me|send me|schedule|can i"
        " have|have)",
        "at": "[(at|on|by|in|for|this|around)]",
        "the": "(the|my|a|that|this|any)",
        "which": "[<the>] reminder [(to|about|of|for|that|called)] {what}",
        "cancel": ALARM_RULES["en"]["cancel"],
        "move": "(move|change|reschedule|shift|push|push back|bring forward|postpone|delay|update)",
        "tell": "(list|show|show me|tell me|read|read me|read out|read back|give me|say|check"
        "|recite|what are|i want to hear|i want you to read|recall)",
        "have": "(do i have|are there|have i got|have i set|did i set|what do i have)",
        "calendar": "(calendar|schedule|agenda)",
        "event": "(events|appointments|meetings|plans|reminders)",
        "a_day": "[(for|on|of)] [(this|next)] ({day}|{part})",
        "some_days": "[(for|on|of)] [(this|next)] ({day}|{part}|{days})",
    },
    "es": {
        "remind": "(recuérdame|recordame|recuérdeme|recordarme|me recuerdas|me recuerdes"
        "|me recuerde|hazme acordar|haceme acordar|acuérdame|haz que me acuerde|que no se me"
        " olvide|no dejes que"
        " olvide"
        "|no me dejes olvidar|avísame|avisame|<set> [(un|otro|el)] recordatorio"
        "|[(un|otro)] recordatorio)",
        "to": "(que|de|para|sobre|[(de|para)] que tengo que|que debo|para que|acerca de)",
        "set": "(pon|ponme|ponga|poner|poneme|pone|crea|créame|crear|cree|añade|agrega|haz|hazme"
        "|programa|prográmame|programar|necesito|quiero|establece|configura)",
        "must": "(tengo que|debo|me toca|hay que|necesito)",
        "then": "(avísame|avisame|avíseme|recuérdame|recordame|recuérdeme|recuérdamelo|acuérdame)",
        "at": "[(a|a la|a las|al|el|en|para|para el|para las|dentro de|de la|de las|por la)]",
        "the": "(el|la|mi|un|ese|este|los|mis)",
        "which": "[<the>] recordatorio [(de|para|sobre|que|del)] {what}",
        "cancel": ALARM_RULES["es"]["cancel"],
        "move": ALARM_RULES["es"]["move"],
        "tell": "(dime|dígame|decime|lista|listar|enumera|muestra|muéstrame|enséñame|lee|léeme"
        "|dame|cuáles son)",
        "have": "(tengo|hay|he puesto|tenemos|me quedan)",
        "calendar": "(calendario|agenda)",
        "event": "(eventos|citas|reuniones|planes|recordatorios)",
        "a_day": "[(para|de|el|para el|del)] ({day}|{part})",
        "some_days": "[(para|de|el|para el|del|la|para la|de la)] ({day}|{part}|{days})",
    },
}


EVENTS = {
    "(meeting|appointment|event|call|lunch|dinner|breakfast|party|visit|interview|class)": None,
}
"""What people schedule with themselves; a flight or a taxi is booked with somebody else."""
_EARLY = 7  # hours: nobody wants to be reminded before, unless he says so


def awake(time: dt.time, text: str) -> dt.time:
    """ "At five" is in the afternoon, where the sentence leaves the half of the day open."""
    if not 0 < time.hour < _EARLY or half_is_said(text, time.hour):
        return time
    return time.replace(hour=time.hour + 12)


def told(reminder: DueItem, now: dt.datetime, language: str) -> str:
    """ "tomorrow at seven: call your mum"."""
    if reminder.rule and not reminder.snoozed:
        time = rule_in_words(reminder, language)
    else:
        time = when(reminder.due, now, language)
    what = turned(reminder.text, language)
    return f"{time}: {what}" if what else time
