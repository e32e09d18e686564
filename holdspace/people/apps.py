from django.apps import AppConfig

from holdspace.kit.live import sessions_by


class PeopleConfig(AppConfig):
    name = "holdspace.people"
    label = "people"

    def ready(self) -> None:
        """Open pages ask whether their sign-in still lives."""
        from holdspace.people.sessions import living_among  # noqa: PLC0415 -- models are ready now

        sessions_by(living_among)
