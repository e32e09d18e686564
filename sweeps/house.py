"""What the sweeps walk: every source file, template and stylesheet of ours."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = sorted(p.parent.name for p in (ROOT / "holdspace").glob("*/apps.py"))


@cache
def tracked() -> list[Path]:
    """Every file git knows, or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [ROOT / name for name in listed if (ROOT / name).is_file()]


def is_test(file: Path) -> bool:
    inside = file.relative_to(ROOT).parts
    return "tests" in inside or inside[0] in {"sweeps", "journeys", "bench", "conftest.py"}


def sources() -> list[Path]:
    """Our Python, without tests and migrations."""
    return [
        f for f in tracked() if f.suffix == ".py" and "migrations" not in f.parts and not is_test(f)
    ]


def of_packages() -> list[Path]:
    return [f for f in sources() if f.relative_to(ROOT).parts[0] == "holdspace"]


def templates() -> list[Path]:
    return [f for f in tracked() if "templates" in f.parts and f.suffix in {".html", ".txt"}]


def ours(suffix: str) -> list[Path]:
    """Stylesheets or islands of ours: not what is vendored."""
    return [
        f
        for f in tracked()
        if f.suffix == suffix and "static" in f.parts and "vendor" not in f.parts
    ]


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(), filename=str(file))


def shown(file: Path) -> str:
    return str(file.relative_to(ROOT))


def package_of(file: Path) -> str:
    parts = file.relative_to(ROOT).parts
    return parts[1] if parts[0] == "holdspace" and len(parts) > 2 else ""
