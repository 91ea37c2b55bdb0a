"""How people talk about lists; which list and which things they mean."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process, utils

from assistant.handlers.lists.notebook import Entry, NamedList

RULES = {
    "en": {
        "my": "[(my|the|our|a|this|that|your)]",
        "list": "(<my> list|<my> {list} (list|lists)|<my> list (of|for|called|named|titled)"
        " {list})",
        "add": "(add|put|include|write|place|stick|append|enter|get|insert|note down|write down"
        "|jot down|mark down|pop|throw|save|put down|list|note|attach|drop|record|register|set)",
        "on": "(to|on|onto|in|into|under)",
        "remove": "(remove|delete|erase|take|drop|scratch|cancel|get rid of|cut|strike|pull"
        "|eliminate|lose|clear|exclude|discard|throw out|subtract|take off|take out|scratch out"
        "|wipe"
        "|knock|kick|rearrange|get)",
        "off": "(from|off|off of|out of|on|in|from off)",
        "make": "(make|create|start|begin|add|set up|i need|i want|prepare|build|put together"
        "|generate"
        "|open|compose|draft|establish|write|give me|compile|initiate)",
        "delete": "(delete|remove|get rid of|throw away|throw out|cancel|erase|discard|destroy"
        "|trash|drop"
        "|scrap|wipe out)",
        "check": "(check off|check|tick off|tick|cross off|cross out|mark|complete|i bought|i got"
        "|i did|i have bought|i have done|we got|we bought)",
        "today": "[(for|from)] [(today|this week|the week|right now|tomorrow|tonight|this weekend"
        "|me|the day)]",
        "unless": "[(unless i already did|unless it is already there|if i (have not|haven't)"
        " already"
        "|if (they|it) (are not|aren't|is not|isn't) (already there|already on there|there already"
        "|on there already|on there|there))]",
        "read": "(read|read me|find|fetch|get|look up|print|recall|present|speak|pull out|read"
        " off|say|tell"
        "|tell me what is on|find me|read out|read back|tell me|show|show me|give me|list|check"
        "|recite"
        "|repeat|open|go over|go through|run through|pull up|bring up|can i see|display|view"
        "|see|look at"
        "|let me see|let me hear|let me know|i want to see|i want to hear|i need to see"
        "|remind me of"
        "|tell me about|what was)",
    },
    "es": {
        "my": "[(mi|la|nuestra|una|el|tu|esa|esta)]",
        "list": "(<my> (lista|listado)|<my> (lista|listado) [(de|del|de la|de las|de los|para"
        "|para la"
        "|para el|llamada)] {list})",
        "add": "(añade|añada|añadí|añadir|agrega|agregue|agregá|agregar|apunta|apunte|apuntá"
        "|apuntar"
        "|pon|ponga|poné|poner|anota|anote|anotá|anotar|mete|meter|incluye|incluir|suma|sumar"
        "|escribe|escribir|pónme|ponme)",
        "on": "(a|en|al)",
        "remove": "(quita|quite|quitá|quitar|borra|borre|borrá|borrar|elimina|elimine|eliminá"
        "|eliminar|saca|saque|sacá|sacar|tacha|tache|tachá|tachar|retira|retirar)",
        "off": "(de|del|en)",
        "check": "(marca|marque|marcar|ya (compré|tengo|hice|he comprado|he hecho)|tilda|tildar)",
        "read": "(lee|léeme|lea|leer|leeme|dime|decime|dígame|muestra|muéstrame|muestre|enséñame"
        "|mostrar|repasa|consulta|recita|repite|abre|di)",
    },
}

SHOPPING, TODO = "shopping", "to-do"
KINDS = {
    "(shopping|grocery|groceries)": SHOPPING,
    "(to do|todo|task|chore)": TODO,
    "[la] (compra|compras)": SHOPPING,
    "(tareas|pendientes)": TODO,
}
"""How the lists that everybody has are called, as templates."""
_MEANT = {
    SHOPPING: "shopping shop grocery groceries market supermarket food compra compras super súper"
    " supermercado mercado mandado despensa".split(),
    TODO: "todo to-do todos task tasks chore chores tarea tareas pendientes quehaceres".split(),
}
_PHRASES = {
    "to do": TODO, "to dos": TODO, "things to do": TODO, "things to buy": SHOPPING,
    "stuff to do": TODO, "stuff to buy": SHOPPING, "grocery shopping": SHOPPING,
    "things i need to do": TODO, "things i need to buy": SHOPPING, "cosas que hacer": TODO,
    "cosas por hacer": TODO, "cosas pendientes": TODO, "la compra": SHOPPING, "cosas que comprar":
    SHOPPING, "cosas por comprar": SHOPPING, "cosas para hacer": TODO,
}  # fmt: skip
_SPOKEN = {
    "en": {SHOPPING: "shopping list", TODO: "to-do list"},
    "es": {SHOPPING: "lista de la compra", TODO: "lista de tareas"},
}
_SAME_NAME = 82.0  # of 100
_SAME_THING = 80.0
_LEADING = {
    "en": ("my", "the", "our", "a", "new"),
    "es": ("mi", "la", "el", "los", "las", "de", "del", "una", "nueva", "mis"),
}


def canonical(name: str, language: str) -> str:
    """The name that a list is kept by: "groceries" and "lista de la compra" are one."""
    words = name.split()
    while len(words) > 1 and words[0].lower() in _LEADING[language]:
        words.pop(0)
    said = " ".join(words)
    plain = said.lower()
    if plain in _PHRASES:
        return _PHRASES[plain]
    return next((kept for kept, names in _MEANT.items() if plain in names), said)


def titled(name: str, language: str) -> str:
    """A list as it is told: "shopping list", "lista de camping"."""
    known = _SPOKEN[language].get(name)
    if known:
        return known
    return f"lista de {name}" if language == "es" else f"{name} list"


def of_name(lists: Sequence[NamedList], name: str) -> NamedList | None:
    """The list of that name, or of one that sounds like it."""
    names = [each.name for each in lists]
    found = process.extractOne(
        name, names, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=_SAME_NAME
    )
    return lists[found[2]] if found else None


def of_text(entries: Sequence[Entry], thing: str) -> Entry | None:
    """The entry that is meant by a thing: "milk" also means "two litres of milk"."""
    texts = [entry.text for entry in entries]
    for scorer in (fuzz.ratio, fuzz.token_set_ratio):
        found = process.extractOne(
            thing, texts, scorer=scorer, processor=utils.default_process, score_cutoff=_SAME_THING
        )
        if found:
            return entries[found[2]]
    return None
