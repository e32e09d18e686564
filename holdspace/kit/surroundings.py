"""What an installation reads from its environment: one list, from which docs/run/settings.md is
drawn. A test fails when the sources read a name that is not here, or the page is not current.
"""

import re
from pathlib import Path

PAGE = Path("docs") / "run" / "settings.md"
READ = re.compile(r"environ(?:\.get\(|\[)\"([A-Z][A-Z_]+)\"")
OURS_ALONE = re.compile(r"HOLDSPACE_TEST.*|HOLDSPACE_DEMONSTRATION")  # not an operator's to set

ENVIRONMENT: dict[str, tuple[str, str]] = {
    "HOLDSPACE_DATA": (
        "`var/` in the project",
        (
            "The folder of this installation: `content/`, `keys/`, `static/`. `./serve --data DIR` "
            "sets it too."
        ),
    ),
    "DATABASE_URL": (
        "SQLite in `content/`",
        (
            "`postgresql://name:passphrase@host:port/database` for what people wrote. "
            "PostgreSQL 15 or newer."
        ),
    ),
    "KEYS_DATABASE_URL": (
        "SQLite in `keys/`",
        (
            "The same for the keys that open it. Another database, best another machine, and never "
            "in the same backup."
        ),
    ),
    "REDIS_URL": ("none", "`redis://…`, for many web processes. Without persistence."),
    "HOLDSPACE_ADDRESS": (
        "`http://localhost:8000`",
        "The address people come by, as it stands in mails and printed by commands.",
    ),
    "HOLDSPACE_HOSTS": (
        "`.localhost`",
        "Host names answered, apart by spaces. `localhost` always is, for health checks.",
    ),
    "HOLDSPACE_ORIGINS": (
        "none",
        (
            "Origins from which forms are taken besides our own, apart by spaces: "
            "`https://groups.example.org`."
        ),
    ),
    "HOLDSPACE_HTTPS": ("off", "`1` when people come by https: cookies and headers insist on it."),
    "HOLDSPACE_BEHIND_PROXY": (
        "off",
        "`1` when a proxy of yours sets `X-Forwarded-Proto` on every request, and only then.",
    ),
    "HOLDSPACE_MAIL_URL": (
        "none: no mail",
        "`smtp://name:passphrase@host:587` or `smtps://…:465`.",
    ),
    "HOLDSPACE_MAIL_FROM": (
        "none",
        "The sender's address. Choose a name that says nothing of groups or health.",
    ),
}

HEAD = """# Settings

Drawn by `./manage draw_settings`; a test fails when it is not current. Everything has a default
that works; set a name in the environment of `./serve` (or of the systemd units) to change it.
What belongs to one organisation (its name, its lines, its hours) is not here but on its pages.

| name | without it | what it is |
|---|---|---|
"""


def draw() -> str:
    """The page."""
    rows = [f"| `{name}` | {default} | {what} |" for name, (default, what) in ENVIRONMENT.items()]
    return HEAD + "\n".join(rows) + "\n"


def read_by_sources(root: Path) -> set[str]:
    """Every name that the sources read and an operator may set."""
    found: set[str] = set()
    for folder in ("config", "holdspace"):
        for file in (root / folder).rglob("*.py"):
            if "tests" not in file.parts:
                found |= set(READ.findall(file.read_text()))
    return {name for name in found if not OURS_ALONE.fullmatch(name)}
