"""Settings, read from the environment and sane without any. Importing this creates nothing."""

import os
import secrets
from pathlib import Path

from config.databases import database_from_url
from config.languages import languages_in

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("HOLDSPACE_DATA", ROOT / "var"))
CONTENT = DATA / "content"  # what people wrote, sealed
KEYS = DATA / "keys"  # what opens it; never in the same backup

DEMONSTRATION = os.environ.get("HOLDSPACE_DEMONSTRATION") == "1"
DEBUG = False
TESTING = os.environ.get("HOLDSPACE_TESTING") == "1"


def _secret_key() -> str:
    """Django's own signing key: kept beside the keys, or made for this process alone."""
    try:
        return (KEYS / "django-secret").read_text().strip()
    except OSError:
        return secrets.token_urlsafe(48)


SECRET_KEY = _secret_key()
HERE = ["localhost", "127.0.0.1", "[::1]"]  # the numbers are only sent on to the name
ALLOWED_HOSTS = (
    HERE if DEMONSTRATION else [*os.environ.get("HOLDSPACE_HOSTS", ".localhost").split(), *HERE]
)
ADDRESS = os.environ.get("HOLDSPACE_ADDRESS", "http://localhost:8000")
CSRF_TRUSTED_ORIGINS = os.environ.get("HOLDSPACE_ORIGINS", "").split()

PACKAGES = [
    "kit",
    "vault",
    "ledger",
    "notices",
    "organisations",
    "people",
    "consent",
    "staff",
    "groups",
    "members",
    "care",
    "meetings",
    "threads",
    "directory",
    "web",
    *(["demo"] if DEMONSTRATION or TESTING else []),
]
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    *[f"holdspace.{package}" for package in PACKAGES],
]

MIDDLEWARE = [
    "holdspace.kit.middleware.Headers",
    *(["holdspace.demo.middleware.OnlyHere"] if DEMONSTRATION else []),
    "holdspace.kit.server.localhost.Localhost",
    "django.middleware.gzip.GZipMiddleware",  # why it is safe here: docs/decide/0010
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "holdspace.kit.middleware.CleanSlate",
    "django.middleware.locale.LocaleMiddleware",
    "holdspace.vault.middleware.SealedJar",
    "holdspace.organisations.middleware.WhoseHouse",
    "holdspace.people.middleware.WhoIsHere",
    "holdspace.kit.middleware.Unread",
    "holdspace.kit.forgery.OwnForms",
    "holdspace.people.middleware.Resuming",  # asks whether a form has its token, so after OwnForms
    "holdspace.staff.middleware.AtWork",
    "holdspace.members.middleware.Visiting",
    "holdspace.kit.middleware.Tripwire",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "holdspace" / package / "templates" for package in PACKAGES],
        "OPTIONS": {"environment": "holdspace.kit.jinja.environment"},
    }
]
FORM_RENDERER = "django.forms.renderers.Jinja2"

DATABASES = {
    "default": database_from_url(os.environ.get("DATABASE_URL", ""), CONTENT / "holdspace.sqlite3"),
    "keys": database_from_url(os.environ.get("KEYS_DATABASE_URL", ""), KEYS / "keys.sqlite3"),
}
DATABASE_ROUTERS = ["holdspace.vault.router.KeyRouter"]

REDIS_URL = os.environ.get("REDIS_URL", "")

UNHURRIED = os.environ.get("HOLDSPACE_TEST_UNHURRIED") == "1"  # nobody waits: for the benchmarks

CHEAP_HASHING = TESTING or DEMONSTRATION

LANGUAGE_CODE = "en-gb"
LOCALE_PATHS = [ROOT / "holdspace" / "locale"]
LANGUAGES = languages_in(LOCALE_PATHS[0])
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "holdspace.kit.sheets.SheetFinder",
]
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING
WHITENOISE_MAX_AGE = 0 if TESTING else 3600

SECURE = os.environ.get("HOLDSPACE_HTTPS") == "1"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "holdspace.kit.errors.stale_form"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
if SECURE and os.environ.get("HOLDSPACE_BEHIND_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
# Bytes of the largest request taken at all; a larger feed goes through ./manage.
LARGEST_BODY = 32_000_000
# What is uploaded stays in memory: nothing of it lies on a disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = LARGEST_BODY

# SMTP as smtp://user:passphrase@host:port or smtps://…; empty means mail is not set up.
MAIL_URL = os.environ.get("HOLDSPACE_MAIL_URL", "")
MAIL_FROM = os.environ.get("HOLDSPACE_MAIL_FROM", "")

LOGGING_CONFIG = "holdspace.kit.logs.configure"
LOGGING = {"names": "nobody"}  # Django calls the function only when this is not empty
SILENCED_SYSTEM_CHECKS: list[str] = []
