"""Trees of files as the kernel makes them, of whole machines, written out below a folder."""

from pathlib import Path

DATA = Path(__file__).parent / "data" / "machines"


def unpack(name: str, folder: Path) -> Path:
    """Make the files of `tests/data/machines/NAME.txt`; gives the root of the tree."""
    root = folder / name
    play((DATA / f"{name}.txt").read_text("utf-8"), root)
    return root


def play(captured: str, root: Path) -> None:
    """Make the files of what `assistant power capture-sensors` wrote."""
    for line in captured.splitlines():
        if line and not line.startswith("#"):
            path, _, text = line.partition(" = ")
            write(root, path, text.replace("\\n", "\n"))


def write(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{text}\n", "utf-8")
