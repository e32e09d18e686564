from django.apps import AppConfig

from holdspace.kit.live import sessions_by


class PeopleConfig(AppConfig):
    name = "holdspace.people"
    label = "people"

    def ready(self) -> None:
        """Open pages ask whether their sign-in still lives; words pass through signing in."""
        from holdspace.kit.answers import signing_in_carries  # noqa: PLC0415 -- models are ready now
        from holdspace.people.sessions import living_among  # noqa: PLC0415
        from holdspace.people.views.carrying import sign_in_carrying  # noqa: PLC0415

        sessions_by(living_among)
        signing_in_carries(sign_in_carrying)
