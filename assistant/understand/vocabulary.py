"""What speech recognition is biased to: the words and some sentences of what can be said."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import chain, zip_longest

from assistant.understand.grammar import Grammar

# Words that tell nothing about what a sentence is about; recognizers know them well.
_STOP_WORDS = {
    "en": "a an the is are am i me my our you your it its this that to of on in at by for from with"
    " and or do does did have has got will would can could be been so not as what how there up out"
    " off any much many one some more".split(),
    "es": "un una uno el la los las lo le me mi mis tu tus te se su sus es son está están esta este"
    " de del en a al por para con y o que qué cuál cual cómo como hay ha he tengo tienes tiene no"
    " más muy ya todo toda todos todas algún alguna".split(),
}
_WORD = re.compile(r"[^\W\d_]{2,}")


def vocabulary(grammar: Grammar) -> list[str]:
    """Words of the templates of what works here, the most useful first.

    Families take turns, each with its most frequent words; a word that several families use
    ("set", "how") tells little and comes late.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for function in grammar.functions.values():
        if not function.available():
            continue
        rules = function.rules.get(grammar.language, {})
        for template in function.sentences[grammar.language]:
            used = [rules[name] for name in re.findall(r"<(\w+)>", template)]
            plain = re.sub(r"\{[^}]*\}|<[^>]*>", " ", " ".join([template, *used]).lower())
            counts[function.name.partition(".")[0]].update(set(_WORD.findall(plain)))
    users = Counter(word for family in counts.values() for word in family)
    ranked = [
        sorted(family, key=lambda word: (-family[word] / users[word] ** 2, word))
        for family in counts.values()
    ]
    stop = {None, *_STOP_WORDS.get(grammar.language, ())}
    turns = chain.from_iterable(zip_longest(*ranked))
    return [word for word in dict.fromkeys(turns) if word not in stop]
