"""From an address to Django's database settings: SQLite when none is given, else PostgreSQL."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

SQLITE_AT_CONNECT = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA secure_delete=ON;"
    "PRAGMA temp_store=MEMORY;"
)


def database_from_url(url: str, default_file: Path) -> dict[str, Any]:
    """Django's settings for `postgresql://user:pass@host:port/name`, or a SQLite file.

    Raises ValueError for a scheme we do not run on.
    """
    if not url or url.startswith("sqlite:"):
        name = unquote(url.removeprefix("sqlite://")) if url else str(default_file)
        return {
            "ENGINE": "holdspace.kit.sqlite",
            "NAME": name,
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 10,
                "transaction_mode": "IMMEDIATE",
                "init_command": SQLITE_AT_CONNECT,
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"Holdspace runs on SQLite or PostgreSQL, not {parts.scheme!r}")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"server_side_binding": True},
    }
