# ruff: noqa: PLC0415 -- Django is set up first
"""The forum beside ours: django-spirit with the same posts, run in an environment of its own.

Kindly set up: our server and gzip, SQLite as ours has it, caches in memory, no search index kept
up to date, no limit on how often somebody writes. Run: FOLDER PORT POSTS
"""

import json
import sys
from pathlib import Path

from bench.words import POSTS, said, title

PEOPLE, AT_A_TIME = 16, 8  # who speak in all, and in one topic
AT_ONCE = 2_000
SHIPPED = "spirit.extra.project_template.project_name"  # what it begins a project with


def configure(folder: Path) -> None:
    """The settings it ships, and what is said above."""
    from django.conf import settings
    from spirit.extra.project_template.project_name.settings import base

    given = {name: value for name, value in vars(base).items() if name.isupper()}
    memory = "django.core.cache.backends.locmem.LocMemCache"
    search = {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}
    given |= {
        "SECRET_KEY": "spirit",
        "ALLOWED_HOSTS": ["localhost"],
        "ROOT_URLCONF": f"{SHIPPED}.urls",
        "ST_SITE_URL": "http://localhost/",
        "ST_RATELIMIT_ENABLE": False,
        "CACHES": {
            name: {"BACKEND": memory, "LOCATION": name, "TIMEOUT": None}
            for name in ("default", "st_rate_limit")
        },
        "HAYSTACK_CONNECTIONS": {"default": search},
        "HAYSTACK_SIGNAL_PROCESSOR": "haystack.signals.BaseSignalProcessor",
        "MIDDLEWARE": ["django.middleware.gzip.GZipMiddleware", *given["MIDDLEWARE"]],
        "MEDIA_ROOT": str(folder),
        "STATIC_ROOT": str(folder / "static"),
        "LOGGING": {},
        "DATABASES": {"default": {
            "ENGINE": "django.db.backends.sqlite3", "NAME": folder / "spirit.sqlite3",
            "CONN_MAX_AGE": None, "OPTIONS": {
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
                "transaction_mode": "IMMEDIATE",
            },
        }},
    }  # fmt: skip
    settings.configure(**given)
    import django

    django.setup()


def settle(posts: int) -> dict:
    """Tables, people, and topics of twenty: what a client needs to ask for them."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from spirit.category.models import Category

    call_command("migrate", verbosity=0)
    users = [
        get_user_model().objects.create(username=f"wren{n}", email=f"wren{n}@example.org")
        for n in range(PEOPLE)
    ]
    category = Category.objects.create(title="Evening Circle")
    topics = _topics(posts // POSTS, users, category)
    return {
        "cookies": [_signed_in(user) for user in users],
        "page": topics[0].get_absolute_url(),
        "list": category.get_absolute_url(),
        "reply": f"/comment/{topics[1].pk}/publish/",
    }


def _topics(many: int, users: list, category) -> list:
    from django.utils.text import slugify
    from spirit.comment.models import Comment
    from spirit.core.utils.markdown import Markdown
    from spirit.topic.models import Topic

    topics = Topic.objects.bulk_create(
        Topic(user=users[n % PEOPLE], category=category, title=title(n), slug=slugify(title(n)),
              comment_count=POSTS)
        for n in range(many)
    )  # fmt: skip
    html = {words: Markdown().render(words) for words in map(said, range(200))}
    comments = []
    for topic_number, topic in enumerate(topics):
        for n in range(POSTS):
            words = said((topic_number + 1) * POSTS + n)
            by = users[(topic_number + n % AT_A_TIME) % PEOPLE]
            comments.append(Comment(user=by, topic=topic, comment=words, comment_html=html[words]))
    Comment.objects.bulk_create(comments, batch_size=AT_ONCE)
    return topics


def _signed_in(user) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "spirit.user.auth.backends.UsernameAuthBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"sessionid={session.session_key}"


def main(folder: str, port: str, posts: str) -> None:
    """Settle, say what a client needs, serve as ours is served."""
    configure(Path(folder))
    print(json.dumps(settle(int(posts))), flush=True)
    from django.core.wsgi import get_wsgi_application

    from holdspace.kit.running.sockets import loopback
    from holdspace.kit.server import process
    from holdspace.kit.server.pages import Pages

    process.end_with_parent()
    process.run(loopback(int(port)), Pages(get_wsgi_application(), 100_000))


if __name__ == "__main__":
    main(*sys.argv[1:4])
