"""Small models get stuck: the same words again and again. This notices."""

from __future__ import annotations

import re

_TIMES = 3  # so often in a row is a loop
_LONGEST_BLOCK = 24  # tokens
_SINGLE = 6  # "ha ha ha" may be meant; six of one token are not
_WORDS = 4  # shorter sentences may be repeated ("I do not know.")

_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]")


class Repetition:
    """Fed with each token and the text so far; pure."""

    def __init__(self) -> None:
        self._tokens: list[int] = []
        self._sentences: set[str] = set()
        self._read = 0  # characters of the text whose sentences are in the set

    def know(self, text: str) -> None:
        """This was said before: to say a sentence of it again is a loop, too."""
        for match in _SENTENCE.finditer(text):
            self._sentences.add(_bare(match.group()))

    def found(self, token: int, text: str) -> bool:
        """Whether the text now goes round: a whole sentence said before, or a block of tokens
        three times in a row."""
        self._tokens.append(token)
        return self._block_repeats() or self._sentence_repeats(text)

    def _block_repeats(self) -> bool:
        tokens = self._tokens
        for size in range(1, _LONGEST_BLOCK + 1):
            times = _SINGLE if size == 1 else _TIMES
            if len(tokens) < size * times:
                continue
            block = tokens[-size:]
            if tokens[-size * times :] == block * times:
                return True
        return False

    def _sentence_repeats(self, text: str) -> bool:
        for match in _SENTENCE.finditer(text, self._read):
            self._read = match.end()
            sentence = _bare(match.group())
            if sentence.count(" ") >= _WORDS - 1 and sentence in self._sentences:
                return True
            self._sentences.add(sentence)
        return False


def _bare(sentence: str) -> str:
    return " ".join(re.findall(r"\w+", sentence.lower()))
