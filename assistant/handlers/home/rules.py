"""Pieces of sentences that the home's functions share, and the types of their slots.

A rule is written out wherever it is used, and each list of names with it: so that there is one
rule for "what" a command is about, and it is used once in a template where that can be.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from assistant.handlers.contract import ByLanguage, Listed

Place = Annotated[str, Listed("places")]
Appliance = Annotated[str, Listed("appliances")]
Other = Annotated[str, 3]
"""What a device is called by somebody who knows more of the home than we do."""

RULES: Mapping[str, ByLanguage] = {
    "en": {
        "the": "(the|my|our|this|that|these|those|a|an)",
        "all": "(all [of]|every [single]|each [and every]|both [of])",
        "in": "(in|on|at|of|across|around|throughout|inside|for)",
        "at": "[<in>] [<the>] {place}",
        "kinds": "[<all>] [<the>] [{place}] {kind} [<at>]",
        "what": "[<all>] [<the>] [{place} [<the>]] ({name} [<lamp>]|{kind}) [<at>]",
        "lamp": "(light|lights|lighting|lamp|lamps)",
        "lit": "([<all>] [<the>] [{place}] ({name} [<lamp>]|{kind}) [<at>]|<at>)",
        "unit": "(light|lights|lamp|lamps|bulb|bulbs|plug|plugs|socket|sockets|outlet|outlets"
        "|plug socket|smart plug|smart socket|smart switch|wall switch|spotlight|spotlights"
        "|led strip|leds|chandelier|lantern)",
        "turn": "(turn|switch|put|flip|power|bring|change|get)",
        "floor": "[<the>] (carpet|carpets|floor|floors|rug|rugs|house|flat|apartment|place|home)",
        "up": "[up] [<the>] (carpet|carpets|floor|floors|rug|rugs|mess)",
        "want": "(i want|i need|i would like|i could use|we want|we need|we could use|give me"
        "|give us|get me|can i have|can i get|can we have|let me have|let us have|i prefer"
        "|i would love|we would like|how about|may i have|i feel like|i wish for)",
        "shall": "(can|could|shall|should|may) <the> [{place}] <lamp> be",
        "now": "[(turned|switched|to be|to be turned|to be switched|be turned|be switched|shut|to"
        "|back|is|are)]",
        "bri": "(brightness|intensity|level|levels|power|luminosity|strength|brightness level)",
        "very": "[(so|too|a bit|a little|really|very|getting|still|kind of|absolutely)]",
        "so": "[(way|really|very|much|a bit|a little|quite|far|getting|just|pretty|kind of|awfully"
        "|terribly|super|extremely)]"
        " [(too|so|very)]",
        "too": "[(way|far|much|a bit|a little|really|just|quite)] (too|so|very|really)",
        "can_not_see": "i (can not|can hardly|can barely|can not really) see [(anything|a thing"
        "|much|a lot|well|very well|properly|what i am doing)]",
        "set": "(set|change|turn|put|make|adjust|bring|increase|decrease|raise|lower|reduce|dim"
        "|brighten|switch|get|take|keep) [(up|down)]",
        "some": "(a bit|a little|a little bit|slightly|some more|a lot|more)",
        "more": "[by {by}]",
        "but": "(except|except for|but|but not|apart from|other than) [(in|the one in|the ones in"
        "|those in)] [<the>]",
        "verify": "(check|see|verify|confirm|tell me|let me know|find out) [(if|whether|that)]",
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
        "unit": "(luz|luces|lámpara|lámparas|bombilla|foco|enchufe|enchufes|interruptor)",
        "luz": "(luz|luces|lámpara|lámparas|iluminación)",
        "want": "(quiero|necesito|dame|queremos|necesitamos|me das|nos das|quisiera|querría"
        "|me hace falta|hace falta)",
        "floor": "(el|la|los|las) (suelo|suelos|piso|alfombra|alfombras|moqueta|casa)",
        "so": "[(muy|demasiado|bastante|un poco|algo|tan|súper|re)]",
        "mucho": "[(mucho|un poco de|demasiado|algo de|bastante|tanto)]",
        "on": "(enciende|enciendes|me enciendes|enciéndeme|encienda|encender|encendé"
        "|encended|enciendas|prende|prenda|prender|prendé"
        "|conecta|conecte|conectar|conectá|activa|active|activar|activá|pon en marcha"
        "|ponga en marcha|poner en marcha|pon a funcionar|arranca|dale a)",
        "off": "(apaga|apagas|me apagas|apágame|apague|apagar|apagá|apagad|apagues"
        "|desconecta|desconecte|desconectar"
        "|desconectá|desactiva|desactive|desactivar|desactivá|quita|quitar)",
        "put": "(pon|ponga|poner|poné|pongas|ponme|deja|deje|dejar|déjame|dejame|establece"
        "|establezca|establecer"
        "|establecé|ajusta|ajuste|ajustar|ajustá|configura|configure|configurar|configurá|cambia"
        "|cambie|cambiar|cambiá|regula|regular)",
        "raise": "(sube|suba|subir|subí|súbeme|aumenta|aumente|aumentar|aumentá|incrementa"
        "|incremente|incrementar|levanta|levante|levantar|levantá)",
        "lower": "(baja|baje|bajar|bajá|bájame|reduce|reduzca|reducir|reducí|disminuye|disminuya"
        "|disminuir|atenúa|atenuar)",
        "but": "(menos|excepto|salvo|pero no) [(en|la de|las de|el de|los de|la del|las del)]"
        " [<el>]",
        "set": "(<put>|<raise>|<lower>|<on>)",
        "level": "({percent} [(por cien|porciento|porcien)]|{level})",
        "to": "(a|al|en|hasta|hasta el|con|a la)",
    },
}
