"""Which file is meant by some words: by its name, its kind, and how lately it was changed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rapidfuzz import fuzz

from assistant.handlers.desktop.file_index import File, words

SUFFIXES: Mapping[str, frozenset[str]] = {
    "document": frozenset(
        ".pdf .doc .docx .odt .txt .md .rtf .tex .epub .ods .xls .xlsx .csv .ppt .pptx .odp"
        " .html".split()
    ),
    "picture": frozenset(".jpg .jpeg .png .gif .webp .heic .svg .bmp .tif .tiff .avif".split()),
    "video": frozenset(".mp4 .mkv .avi .webm .mov .m4v .mpg .mpeg .ogv".split()),
    "sound": frozenset(".mp3 .ogg .oga .opus .flac .m4a .aac .wav .wma".split()),
    "table": frozenset(".ods .xls .xlsx .csv".split()),
    "slides": frozenset(".odp .ppt .pptx".split()),
    "pdf": frozenset([".pdf"]),
}
_ENOUGH = 72  # of 100: less alike is another file
_LIGHT = frozenset(
    "the a an my of for about called named file document del de la el los las mi mis un una para"
    " sobre llamado llamada archivo fichero documento dot punto pdf".split()
)
_NEW = 6.0  # points for the newest of those that are equally alike
_DAY = 86_400.0


def best(
    files: Iterable[File], said: str, kind: str, now: float, most: int = 3
) -> list[tuple[float, File]]:
    """The likeliest files with their points (of about 106), the best first.

    kind: a key of SUFFIXES, or empty for any. now: seconds since the epoch.
    """
    wanted = [word for word in words(said) if word not in _LIGHT]
    if not wanted:
        return []
    suffixes = SUFFIXES.get(kind)
    scored = [
        (_alike(wanted, file) + _lately(file, now), file)
        for file in files
        if suffixes is None or file.path.suffix.lower() in suffixes
    ]
    enough = [(points, file) for points, file in scored if points >= _ENOUGH + _lately(file, now)]
    return sorted(enough, key=lambda item: (-item[0], item[1].path))[:most]


def newest(files: Iterable[File], kind: str, names: Sequence[str] = ()) -> File | None:
    """The one that was changed last, of a kind; names: one of these words is in its name."""
    suffixes = SUFFIXES.get(kind)
    fit = [
        file
        for file in files
        if (suffixes is None or file.path.suffix.lower() in suffixes)
        and (not names or any(name in " ".join(file.words) for name in names))
    ]
    return max(fit, key=lambda file: file.changed, default=None)


def spoken_name(path: Path) -> str:
    """ "invoice march", for "Invoice_March.pdf"."""
    return " ".join(words(path.stem)) or path.name


def _alike(wanted: list[str], file: File) -> float:
    """All words of the name is best; all that were said, next; then what is near in letters."""
    name = [word for word in file.words if word not in _LIGHT] or list(file.words)
    if not name:
        return 0
    if wanted == name:
        return 100
    above = set(words(file.path.parent.name))
    met = sum(word in name or word in above or _near(word, name) for word in wanted)
    if met == len(wanted) and any(word in name or _near(word, name) for word in wanted):
        return 84 + 12 * min(len(wanted) / len(name), 1)
    return min(float(fuzz.token_set_ratio(" ".join(wanted), " ".join(name))) * 0.9, 84) * (
        met / len(wanted)
    )


def _near(word: str, name: list[str]) -> bool:
    return len(word) > 3 and any(fuzz.ratio(word, other) >= 80 for other in name)


def _lately(file: File, now: float) -> float:
    return _NEW / (1 + max(now - file.changed, 0) / (30 * _DAY))
