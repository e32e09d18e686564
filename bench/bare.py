# ruff: noqa: PLC0415 -- Django is set up first
"""The floor: one page on bare Django. WSGI, Jinja2, one query for the session, one for the user,
one for the rows; the same server, gzip and rows as ours.
Run: FOLDER PORT ROWS WHAT, which is rows or posts.
"""

import os
import sys
from pathlib import Path

TEMPLATE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bare</title>
<link rel="stylesheet" href="/static/bare.css"></head><body><header><a href="/">Bare</a>
<nav><a href="/a/">A</a> <a href="/b/">B</a> <a href="/c/">C</a></nav></header><main>
<h1>Rows for {{ user.get_username() }}</h1><ul>
{% for row in rows %}<li><article><h2><a href="/row/{{ row.pk }}/">{{ row.name }}</a></h2>
<div>{{ row.text|safe }}</div>
<time datetime="{{ row.day.isoformat() }}">{{ row.day.day }}.{{ row.day.month }}
</time></article></li>
{% endfor %}</ul></main><footer><p>Bare</p></footer></body></html>"""


def configure(folder: Path) -> None:
    """A project as small as it gets."""
    from django.conf import settings

    (folder / "templates").mkdir(parents=True, exist_ok=True)
    (folder / "templates" / "bare.html").write_text(TEMPLATE)
    settings.configure(
        SECRET_KEY="bare",  # noqa: S106 -- guards nothing
        ALLOWED_HOSTS=["localhost"],
        ROOT_URLCONF="bench.bare_page",
        USE_TZ=True,
        INSTALLED_APPS=[
            "django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.middleware.gzip.GZipMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        TEMPLATES=[{
            "BACKEND": "django.template.backends.jinja2.Jinja2", "DIRS": [folder / "templates"],
        }],
        DATABASES={"default": _database(folder)},
        SILENCED_SYSTEM_CHECKS=["models.E001"],
    )  # fmt: skip
    import django

    django.setup()


def _database(folder: Path) -> dict:
    """PostgreSQL as ours is kept, where ours is; else a SQLite file."""
    if address := os.environ.get("DATABASE_URL"):
        from config.databases import database_from_url

        return database_from_url(address, folder)
    return {
        "ENGINE": "django.db.backends.sqlite3", "NAME": folder / "bare.sqlite3",
        "CONN_MAX_AGE": None, "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL"},
    }  # fmt: skip


def settle(texts: list[str]) -> str:
    """Tables, a person signed in, the rows; their cookie."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from django.db import connection

    from bench.bare_page import Line

    with connection.schema_editor() as editor:
        editor.create_model(Line)
    made = User.objects.create(username="bare")
    Line.objects.bulk_create(Line(name=f"Row {n}", text=text) for n, text in enumerate(texts))
    session = SessionStore()
    session[SESSION_KEY] = str(made.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = made.get_session_auth_hash()
    session.save()
    return f"sessionid={session.session_key}"


def written(rows: int, what: str) -> list[str]:
    """What stands in the rows: a few words, or the posts of the conversation that is measured."""
    if what != "posts":
        return ["<p>A few words about this one, no more.</p>"] * rows
    from bench.words import POSTS, said
    from holdspace.kit.prose import render

    return [render(said(POSTS + n)) for n in range(rows)]


def main(folder: str, port: str, rows: str, what: str) -> None:
    """Settle, print the cookie, serve as ours is served."""
    configure(Path(folder))
    print(settle(written(int(rows), what)), flush=True)
    from django.core.wsgi import get_wsgi_application

    from holdspace.kit.running.sockets import loopback
    from holdspace.kit.server import process
    from holdspace.kit.server.pages import Pages

    process.end_with_parent()
    process.run(loopback(int(port)), Pages(get_wsgi_application(), 100_000))


if __name__ == "__main__":
    main(*sys.argv[1:5])
