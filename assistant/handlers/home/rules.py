"""Pieces of sentences that the home's functions share, and the types of their slots.

A rule is written out wherever it is used, and each list of names with it: so that there is one
rule for "what" a command is about, and it is used once in a template where that can be.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from assistant.handlers.contract import ByLanguage, Listed

Place = Annotated[str, Listed("places")]

RULES: Mapping[str, ByLanguage] = {
    "en": {
        "the": "(the|my|our)",
        "all": "(all [of]|every [single]|each [and every]|both [of])",
        "in": "(in|on|at|of|across|around|throughout|inside|for)",
        "at": "[<in>] [<the>] {place}",
        "kinds": "[<all>] [<the>] [{place}] {kind} [<at>]",
        "what": "[<all>] [<the>] [{place} [<the>]] ({name} [<lamp>]|{kind}) [<at>]",
        "lamp": "(light|lights|lighting|lamp|lamps)",
        "lit": "([<all>] [<the>] [{place}] ({name} [<lamp>]|{kind}) [<at>]|<at>)",
        "turn": "(turn|switch|put|flip|power|bring|change|get)",
        "set": "(set|change|turn|put|make|adjust|bring|increase|decrease|raise|lower|reduce|dim"
        "|brighten) [(up|down)]",
        "some": "(a bit|a little|a little bit|slightly|some more|a lot|more)",
        "level": "({percent}|[the] {level}|level {percent})",
        "to": "(to|at)",
    },
    "es": {
        "el": "(el|la|los|las|mi|mis|tu|tus|nuestra|nuestro|un|una)",
        "todo": "(todo|toda|todos|todas|cada|cada una de|cada uno de|todas y cada una de"
        "|todos y cada uno de|ambas|ambos)",
        "at": "[(en|de|del|por|al|a)] [<el>] {place}",
        "kinds": "[<todo>] [<el>] {kind} [<at>]",
        "what": "[<todo>] [<el>] ([(luz|luces|lámpara|cerradura|cerrojo) (de|del) [<el>]] {name}"
        "|{kind}) [<at>]",
        "lit": "(<what>|<at>)",
        "on": "(enciende|encienda|encender|encendé|encended|enciendas|prende|prenda|prender|prendé"
        "|conecta|conecte|conectar|conectá|activa|active|activar|activá|pon en marcha)",
        "off": "(apaga|apague|apagar|apagá|apagad|apagues|desconecta|desconecte|desconectar"
        "|desconectá|desactiva|desactive|desactivar|desactivá|quita|quitar)",
        "put": "(pon|ponga|poner|poné|pongas|ponme|deja|deje|dejar|establece|establezca|establecer"
        "|establecé|ajusta|ajuste|ajustar|ajustá|configura|configure|configurar|configurá|cambia"
        "|cambie|cambiar|cambiá|regula|regular)",
        "raise": "(sube|suba|subir|subí|súbeme|aumenta|aumente|aumentar|aumentá|incrementa"
        "|incremente|incrementar|levanta|levante|levantar|levantá)",
        "lower": "(baja|baje|bajar|bajá|bájame|reduce|reduzca|reducir|reducí|disminuye|disminuya"
        "|disminuir|atenúa|atenuar)",
        "set": "(<put>|<raise>|<lower>|<on>)",
        "level": "({percent} [(por cien|porciento|porcien)]|{level})",
        "to": "(a|al|en|hasta|hasta el|con|a la)",
    },
}
