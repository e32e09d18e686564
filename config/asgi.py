"""What the server runs: Django's pages behind the event loop."""

from django.conf import settings

from config.wsgi import application as pages
from holdspace.kit.server.pages import Pages

application = Pages(pages, limit=settings.LARGEST_BODY, wire=settings.REDIS_URL)
