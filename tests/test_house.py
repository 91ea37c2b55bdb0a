"""The order of imports: who may know whom."""

import ast
import graphlib
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "assistant"

# A module may import those of its own floor's stage and of the floors below it.
FLOORS = [
    {"types", "meaning", "errors", "units"},
    {
        *{"paths", "settings", "worker", "channel", "patience", "localtime", "words"},
        *{"recurrence", "quantities", "arithmetic", "origins", "heap", "sysfs", "threads"},
        *{
            "outside",
            "neighbours",
            "stopwatch",
            "written",
            "complaints",
            "masking",
            "server_settings",
            "kept_settings",
        },
        *{"cores", "wyoming_frames", "caches"},
    },
    {
        "currencies",
        "config",
        "actor",
        "thoughts",
        "stages",
        "spoken",
        "half_of_day",
        "onnx",
        "compact",
        "compacting",
        "models",
        "power",
        "embedding",
        "apart",
        "leftovers",
    },
    {"audio", "hear", "understand", "handlers", "speak", "think", "testing"},
    {"trace", "reasons", "turn_log", "people", "unbroken", "which_language"},
    {"mouth", "dialogue", "doing", "manner", "answering"},
    {"turn", "alarms", "calls", "interruptions", "follow_up"},
    {"governing"},
    {
        "rest",
        "ducking",
        "drafts",
        "minds",
        "expected",
        "toolbox",
        "present",
        "current",
        "errands",
        "announcing",
        "reopening",
    },
    {"runtime"},
    {"shelf", "remote"},
    {"workers"},
    {"assemble", "tuning"},
    {"daemon"},
    {"bench"},
    {"cli", "__main__"},
]
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}
STAGES = FLOORS[3]
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if p.name != "__init__.py" or p.parent != PACKAGE)


def top(path: Path) -> str:
    relative = path.relative_to(PACKAGE)
    return relative.parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The parts of our package that a file imports, at its top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "assistant":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("assistant."):
            found.add(str(node.module).split(".")[1])
        elif isinstance(node, ast.Import):
            names = [a.name.split(".") for a in node.names]
            found |= {n[1] for n in names if n[0] == "assistant" and len(n) > 1}
    return found - {"__version__"}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_down(path):
    here = top(path)
    for name in imported(path):
        if name == here:
            continue
        assert FLOOR[name] <= FLOOR[here], f"{here} must not know {name}"
        both_stages = {name, here} <= STAGES - {"testing"}
        assert not both_stages, f"the stages {here} and {name} must not know each other"


def test_few_modules_can_reach_the_network():
    """One downloads models, when asked to; one talks to the broker of the home, if the user has
    named it; the Wyoming server listens, and its client sends sound to a machine nearby, if the
    user has turned them on. Nobody else imports what can
    reach the network, or asyncio."""
    network = {
        "huggingface_hub",
        "requests",
        "httpx",
        "urllib",
        "http",
        "socket",
        "paho",
        "wyoming",
        "asyncio",
    }
    offenders = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [a.name for a in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            names = [n for n in names if n != "urllib.parse"]  # takes addresses apart, no more
            if {n.split(".")[0] for n in names} & network:
                offenders.append(str(path.relative_to(PACKAGE)))
    unix = {"daemon/local.py"}  # of which the next test holds that it knows no other family
    server = {f"daemon/wyoming_{part}.py" for part in ("server", "peer", "info")}
    server |= {"wyoming_frames.py"}  # of both sides
    client = {"remote.py", "daemon/mcp_server.py"}  # the latter speaks to its own parent only
    client |= {f"handlers/servers/{part}.py" for part in ("wire", "link")}  # to its children
    fetch, broker = {"models/fetch.py"}, {"handlers/home/broker.py"}
    assert set(offenders) == fetch | broker | unix | server | client


def test_the_sockets_of_the_daemon_are_unix_sockets():
    tree = ast.parse((PACKAGE / "daemon" / "local.py").read_text("utf-8"))
    made = [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"socket.socket", "socket.socketpair"}
    ]
    assert len(made) == 4
    assert all("(socket.AF_UNIX" in call for call in made)
    assert "create_connection" not in ast.unparse(tree)


def test_what_reaches_the_network_is_not_loaded_unless_it_is_turned_on():
    code = (
        "import sys, assistant.handlers, assistant.daemon.program;"
        "sys.exit(bool({'paho', 'wyoming'} & set(sys.modules)))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], cwd=PACKAGE.parent, check=False).returncode
        == 0
    )


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_modules_stay_small(path):
    assert path.read_text("utf-8").count("\n") <= 300


def modules_imported(path: Path) -> set[Path]:
    """The files of our package that a file imports, but for a package's face (`__init__.py`)."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("assistant"):
            folder = PACKAGE.parent / str(node.module).replace(".", "/")
            names = [folder.with_suffix(".py"), *(folder / f"{a.name}.py" for a in node.names)]
            found |= {name for name in names if name in KNOWN}
    return found


KNOWN = {path for path in MODULES if path.name != "__init__.py"}


def test_no_imports_go_in_a_circle():
    sorter = graphlib.TopologicalSorter({path: modules_imported(path) for path in KNOWN})
    sorter.prepare()  # raises CycleError, which names them
