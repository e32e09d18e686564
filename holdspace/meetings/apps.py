from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "holdspace.meetings"
    label = "meetings"

    def ready(self) -> None:
        from holdspace.meetings.evenings import Sessions  # noqa: PLC0415 -- models are ready only now
        from holdspace.members.queries import evenings_come_from  # noqa: PLC0415

        evenings_come_from(Sessions())
