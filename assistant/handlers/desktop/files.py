"""The user's files: find one by what is said of it, open it, and what came last."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, ClassVar

import platformdirs

from assistant.handlers.contract import ByLanguage, Family, Request, function
from assistant.handlers.desktop import file_search, launching
from assistant.handlers.desktop.file_index import File, FileIndex
from assistant.types import Reply

_CLOSE = 4.0  # points: a second file this near to the best is worth telling
_KINDS: Mapping[str, str] = {
    "(file|files|thing)": "",
    "(document|documents|doc|docs|letter|paper|report)": "document",
    "(picture|photo|image|pictures|photos|images|pic)": "picture",
    "(video|videos|movie|film|clip)": "video",
    "(recording|sound file|audio file)": "sound",
    "(spreadsheet|spreadsheets|table)": "table",
    "(presentation|presentations|slides)": "slides",
    "(pdf|pdfs|p d f)": "pdf",
}
_CLASES: Mapping[str, str] = {
    "(archivo|archivos|fichero|ficheros)": "",
    "(documento|documentos|carta|informe)": "document",
    "(foto|fotos|imagen|imágenes|fotografía)": "picture",
    "(vídeo|vídeos|video|videos|película)": "video",
    "(grabación|audio)": "sound",
    "(hoja de cálculo|tabla)": "table",
    "(presentación|presentaciones|diapositivas)": "slides",
    "pdf": "pdf",
}
_A_SCREENSHOT = "screenshot"
_SCREENSHOTS = ("screenshot", "screen shot", "captura", "pantallazo", "spectacle")
_FOLDERS: Mapping[str, str] = {
    "(downloads|download)": "downloads",
    "(documents|document)": "documents",
    "(pictures|picture|photos)": "pictures",
    "music": "music",
    "(videos|video)": "videos",
    "desktop": "desktop",
    "home": "home",
    "(descargas|descarga)": "downloads",
    "documentos": "documents",
    "(imágenes|fotos)": "pictures",
    "música": "music",
    "vídeos": "videos",
    "escritorio": "desktop",
    "(personal|inicio)": "home",
}

Kind = Annotated[str, {**_KINDS, **_CLASES}]
What = Annotated[str, 8]
Place = Annotated[str, _FOLDERS]


class Files(Family):
    name = "files"
    topic: ClassVar[ByLanguage] = {
        "en": "[(my|the)] (files|documents|downloads|pictures)",
        "es": "[(mis|los|las)] (archivos|ficheros|documentos|descargas|imágenes)",
    }
    rules: ClassVar[Mapping[str, ByLanguage]] = {
        "en": {
            "open": "(open|show me|show|open up|pull up|bring up|view|read me|display)",
            "find": "(find|search for|look for|locate|where is|where did i put|do i have|look up)",
            "my": "[(the|my|a|that)]",
            "called": "[(called|named|about|with|for|of|from|titled|on)]",
            "folder": "(folder|directory)",
            "last": "(last|latest|newest|most recent)",
        },
        "es": {
            "open": "(abre|abrir|abrí|abra|ábreme|muestra|muéstrame|mostrame|enséñame|enseña)",
            "find": "(busca|buscar|buscá|busque|encuentra|encontrar|encontrá|localiza|dónde está"
            "|dónde he puesto|dónde puse|tengo|búscame)",
            "my": "[(el|la|mi|un|una|los|las|mis|ese|esa)]",
            "called": "[(llamado|llamada|sobre|con|de|del|titulado|que se llama)]",
            "folder": "(carpeta|directorio)",
            "last": "(último|última|últimos|últimas|más reciente)",
        },
    }

    def __init__(self, roots: Callable[[], Sequence[Path]] | None = None) -> None:
        """roots: the folders that are looked through; by default those of the user's desktop."""
        self._index = FileIndex(roots or _user_folders, lambda _: True)

    def unavailable(self) -> ByLanguage | None:
        if any(root.is_dir() for root in _user_folders()):
            return None
        return {
            "en": "There are no folders of yours to look through.",
            "es": "No hay carpetas tuyas donde buscar.",
        }

    @function(
        en=[
            "<find> <my> {kind} <called> {what}",
            "(find|search for|look for|locate|where is|where did i put) <my> {what} {kind}",
            "(find|search for|look for) {what} in my (files|documents|downloads|pictures)",
        ],
        es=[
            "<find> <my> {kind} <called> {what}",
            "(busca|encuentra|buscar) {what} en mis (archivos|documentos|descargas|imágenes)",
        ],
        help={"en": "find the file budget", "es": "busca el archivo presupuesto"},
        ahead=True,
    )
    def find(self, request: Request, what: What, kind: Kind = "") -> Reply:
        found = self._search(request, what, kind)
        names = [_described(request, file) for file in found]
        if len(found) == 1:
            return request.say("I find {name}.", "Encuentro {name}.", name=names[0])
        return request.say("I find {names}.", "Encuentro {names}.", names=names)

    @function(
        en=["<open> <my> {kind} <called> {what}", "<open> <my> {what} {kind}"],
        es=["<open> <my> {kind} <called> {what}"],
        help={"en": "open the document budget", "es": "abre el documento presupuesto"},
        ahead=True,
    )
    def open(self, request: Request, what: What, kind: Kind = "") -> Reply:
        return _opening(request, self._search(request, what, kind)[0])

    @function(
        en=[
            "<open> (the|my) <last> {kind}",
            "<open> (the|my) <last> (screenshot|screen shot)",
        ],
        es=[
            "<open> (el|la|mi|los|las) <last> {kind}",
            "<open> (la|mi) última (captura|captura de pantalla)",
            "<open> (el|la|mi) {kind} más reciente",
        ],
        help={"en": "open the last screenshot", "es": "abre la última captura de pantalla"},
        ahead=True,
    )
    def open_last(self, request: Request, kind: Kind = _A_SCREENSHOT) -> Reply:
        shot = kind == _A_SCREENSHOT
        names = _SCREENSHOTS if shot else ()
        file = file_search.newest(self._index.files(), "picture" if shot else kind, names)
        if file is None:
            raise request.error("I find none.", "No encuentro ninguno.")
        return _opening(request, file)

    @function(
        en=[
            "(what|which file) did i download (last|recently|just now|most recently)",
            "what (is|was) (the|my) <last> download",
            "what have i downloaded [(last|recently|lately)]",
        ],
        es=[
            "(qué|qué archivo) (he descargado|descargué|bajé|he bajado) [(último|por último"
            "|recientemente|últimamente|lo último)]",
            "(qué es lo último que|cuál es el último archivo que) (he descargado|descargué|bajé"
            "|he bajado)",
            "cuál (es|fue) (la|mi) última descarga",
        ],
        help={"en": "what did i download last", "es": "qué es lo último que he descargado"},
        ahead=True,
    )
    def last_download(self, request: Request) -> Reply:
        file = file_search.newest(self._downloads(), "")
        if file is None:
            return request.say("There is no download.", "No hay ninguna descarga.")
        return request.say("{name}.", "{name}.", name=_described(request, file))

    @function(
        en=[
            "<open> (the|my) <last> (download|downloaded file)",
            "<open> what i [just] downloaded [last]",
            "<open> (the|my|that) (file|document|pdf|picture|image|photo|video|one) [that] i [just]"
            " downloaded",
        ],
        es=[
            "<open> (la|mi) última descarga",
            "<open> lo [último] que (he descargado|descargué|bajé|he bajado|acabo de (bajar"
            "|descargar))",
            "<open> [(el|la|mi)] (archivo|documento|pdf|foto|imagen|vídeo|video) que (acabo de"
            " (bajar"
            "|descargar)|bajé|descargué|he descargado)",
        ],
        ahead=True,
    )
    def open_download(self, request: Request) -> Reply:
        file = file_search.newest(self._downloads(), "")
        if file is None:
            raise request.error("There is no download.", "No hay ninguna descarga.")
        return _opening(request, file)

    @function(
        en=["<open> (the|my) {place} [<folder>]", "(open|go to) (the|my) <folder> {place}"],
        es=["<open> (la|mi|el) <folder> [(de|del|de las|de los)] {place}", "<open> mis {place}"],
        help={"en": "open my downloads", "es": "abre la carpeta de descargas"},
        ahead=True,
    )
    def folder(self, request: Request, place: Place) -> Reply:
        path = _places()[place]
        if not path.is_dir():
            raise request.error("There is no such folder here.", "Aquí no hay esa carpeta.")
        return request.say(
            "Opening {name}.",
            "Abriendo {name}.",
            then=lambda: launching.open_file(path),
            name=path.name,
        )

    def _downloads(self) -> list[File]:
        folder = _places()["downloads"]
        return [file for file in self._index.files() if folder in file.path.parents]

    def _search(self, request: Request, what: str, kind: str) -> list[File]:
        """The best file, and those that are about as near. Raises FunctionError when none is."""
        found = file_search.best(self._index.files(), what, kind, request.now.timestamp())
        if not found and kind:  # "the letter to the bank" may be a picture of it
            found = file_search.best(self._index.files(), what, "", request.now.timestamp())
        if not found:
            raise request.error(
                "I find no file called {what}.", "No encuentro ningún archivo {what}.", what=what
            )
        return [file for points, file in found if points >= found[0][0] - _CLOSE]


def _opening(request: Request, file: File) -> Reply:
    return request.say(
        "Opening {name}.",
        "Abriendo {name}.",
        then=lambda: launching.open_file(file.path),
        name=_described(request, file),
    )


def _described(request: Request, file: File) -> str:
    """ "budget 2025 in Documents"."""
    where = request.pick("in", "en")
    return f"{file_search.spoken_name(file.path)} {where} {file.path.parent.name}"


def _places() -> Mapping[str, Path]:
    """The folders of the user's desktop, as user-dirs.dirs has them."""
    dirs = platformdirs.PlatformDirs()
    return {
        "documents": Path(dirs.user_documents_dir),
        "downloads": Path(dirs.user_downloads_dir),
        "desktop": Path(dirs.user_desktop_dir),
        "pictures": Path(dirs.user_pictures_dir),
        "music": Path(dirs.user_music_dir),
        "videos": Path(dirs.user_videos_dir),
        "home": Path.home(),
    }


def _user_folders() -> list[Path]:
    return [path for name, path in _places().items() if name != "home" and path != Path.home()]
