"""Which room of the benchmarks asks which: arrows without a circle, and no more of them."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "benchmarks"
# What all share lies beside the rooms; run.py and figures.py there ask the rooms.
ASKED = {
    "analysis": {"sets"},
    "compression": {"sets"},
    "generation": {"in_torch", "metrics", "sets"},
    "in_torch": set(),
    "making": {"compression", "sets"},
    "metrics": {"in_torch", "sets"},
    "package": {"sets"},
    "restoration": {"sets", "training"},
    "retrieval": {"sets"},
    "scaling": {"package", "training"},
    "segmentation": {"sets"},
    "serving": {"sets"},
    "sets": set(),
    "stylization": {"restoration", "sets"},
    "training": {"in_torch", "metrics", "sets"},
}
SHARED = {"apart", "begun", "ports", "report", "writing"}


def asked(room):
    """Returns the rooms, and the modules beside them, that a room's modules import."""
    found = set()
    for path in (ROOT / room).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("benchmarks"):
                names = [f"{node.module}.{alias.name}" for alias in node.names]
                found |= {name.split(".")[1] for name in names} - {room}
    return found


def test_rooms_ask_as_the_table_says():
    rooms = {path.parent.name for path in ROOT.glob("*/*.py")}
    assert {room: asked(room) - SHARED for room in rooms} == ASKED


def test_there_is_no_circle():
    left = {room: set(others) for room, others in ASKED.items()}
    while free := [room for room, others in left.items() if not others]:
        left = {room: others - set(free) for room, others in left.items() if room not in free}
    assert not left
