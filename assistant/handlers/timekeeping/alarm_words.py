"""How people talk about alarms, and how we tell them back."""

from __future__ import annotations

import datetime as dt
import re

from assistant import spoken
from assistant.half_of_day import half_is_said
from assistant.handlers.timekeeping.due_items import DueItem
from assistant.handlers.timekeeping.due_words import rule_in_words, when

RULES = {
    "en": {
        "alarm": "(alarm|alarm clock|wake up call|wakeup call|wake up alarm|wakeup alarm)",
        "alarms": "(alarms|alarm clocks|wake up calls)",
        "set": "(set|set up|set me|create|make|make me|add|put|put on|start|give me|i want|i need"
        "|i would like|i will need|get me|schedule|turn on|i want you to set|program|fix|arrange"
        "|place|establish|activate|enable|sound|setup)",
        "a": "(a|an|the|my|another|one more|a new|new)",
        "the": "(the|my|an|that|this|any|our)",
        "one": "(the|my|an|that|this|our)",
        "at": "(for|at|on|in|to|by|around)",
        "wake": "(wake me|wake me up|get me up|wake us up|wake us|alert me|ring|ring me|beep"
        "|buzz me|ping me|wake up|get up|alarm me|wake me back up|have me (up|awake)"
        "|make sure (i wake up|i am up|i am awake|i get up)|get me out of bed|do not let me (sleep"
        "|oversleep|sleep in|sleep past)|[i (want|need|have|have got|would like|got|had"
        " better) to] (wake up"
        "|get up|be up|be awake|be woken|be woken up|be out of bed))",
        "called": "(called|named|labeled|labelled|titled|with the name|saying|to|for)",
        "cancel": "(cancel|delete|remove|clear|kill|end|turn off|switch off|shut off|disable|stop"
        "|get rid of|dismiss|forget|drop|deactivate|erase|unset|scrap|lose|take off|ditch"
        "|call off|take away|take out|take down|do away with|remove all|deactivate|undo"
        "|unschedule)",
        "move": "(move|change|reschedule|shift|push|push back|bring forward|reset|adjust|update"
        "|postpone|delay)",
        "have": "(do i have|are there|have i got|have i set|did i set|i have|is there|do we have"
        "|do you have"
        "|have you got|have you set|did you set|are|is|have we got|have we set)",
        "on": "[(still|currently|already|now)] [(set|set up|on|active|scheduled|running|upcoming"
        "|coming up"
        "|turned on|there|set right now|right now)]",
        "a_day": "[(for|on|of)] ({day}|{part})",
        "some_days": "[(for|on|of)] ({day}|{part}|{days})",
        "know": "(check|check if|check whether|see if|tell me if|let me know if|make sure|verify"
        "|verify that|confirm|confirm that|is it true that)",
    },
    "es": {
        "alarm": "(alarma|despertador|alarma despertador)",
        "alarms": "(alarmas|despertadores)",
        "set": "(pon|ponme|ponga|póngame|pone|poneme|poner|ponerme|pones|pongas|programa|programar"
        "|programame|prográmame|programe|crea|crear|cree|créame|activa|activar|configura|configurar"
        "|ajusta|ajustar|fija|fijar|añade|agrega|necesito|quiero|establece|pónme|haz)",
        "a": "(un|una|el|la|mi|otro|otra|un nuevo|una nueva)",
        "the": "(el|la|mi|los|las|mis|un|una|ese|esa|este|esta|alguna|algún)",
        "at": "(a|a la|a las|al|para|para la|para las|para el|de|de la|de las|el|en|dentro de|con"
        "|sobre las)",
        "wake": "((tengo que|necesito|debo|quiero) (levantarme|despertarme|estar (despierto"
        "|despierta))"
        "|me tengo que (levantar|despertar)|despiértame|despertame"
        "|despiérteme|despertarme|me despiertas|me despiertes"
        "|me despierte|levántame|levantame|levánteme|avísame|avisame|avíseme|me avisas|avisarme"
        "|llámame|alértame|suena)",
        "called": "(llamado|llamada|con nombre|con el nombre|que se llame|para|para ir a)"
        " [(el|la|los|las|mi)]",
        "cancel": "(cancela|cancele|cancelá|cancelar|elimina|elimine|eliminá|eliminar|borra|borre"
        "|borrá|borrar|quítame|cancélame|bórrame|quita|quite|quitá|quitar|desactiva|desactive|desactivá|desactivar|apaga"
        "|apague|apagá|apagar|anula|anule|anular|para|pare|pará|parar|detén|detener|olvida)",
        "move": "(mueve|mover|mueva|mové|cambia|cambiar|cambie|cambiá|pasa|pasar|pase|pasá|retrasa"
        "|retrasar|adelanta|adelantar|pospón|posponer|aplaza|aplazar|reprograma|reprogramar)",
        "have": "(tengo|hay|he puesto|puse|tenemos|están|hay puestas|tengo puestas)",
        "on": "[(puesta|puestas|activa|activas|programada|programadas|activada|activadas)]",
        "skip": "(salta|sáltate|salte|sáltese|saltar|omite|omitir)",
        "a_day": "[(para|de|del|para el|el)] ({day}|{part})",
        "some_days": "[(para|de|del|para el|el|la|para la|de la)] ({day}|{part}|{days})",
    },
}

_WAKES = re.compile(r"\b(wake|woken|get (me )?up|despi|desper|levánt|levant)", re.IGNORECASE)
_HALF_DAY = dt.timedelta(hours=12)


def woken(then: dt.datetime, text: str, now: dt.datetime) -> dt.datetime:
    """People who want to be woken "at seven" mean the morning, even when evening is nearer."""
    if then.hour < 12 or half_is_said(text, then.hour) or not _WAKES.search(text):
        return then
    earlier = then - _HALF_DAY
    return earlier if earlier > now else earlier + dt.timedelta(days=1)


def told(alarm: DueItem, now: dt.datetime, language: str) -> str:
    """ "every weekday at seven, called work"."""
    spanish = language == "es"
    if alarm.state == "ringing":
        text = "está sonando" if spanish else "ringing now"
    elif alarm.snoozed:
        left = spoken.duration(_minutes(alarm.left(now)), language)
        text = f"pospuesta, dentro de {left}" if spanish else f"snoozed, for another {left}"
    elif alarm.rule:
        text = rule_in_words(alarm, language)
    else:
        text = when(alarm.due, now, language)
    return f"{text} ({alarm.text})" if alarm.text else text


def _minutes(length: dt.timedelta) -> dt.timedelta:
    minute = dt.timedelta(minutes=1)
    return max(round(length / minute), 1) * minute
