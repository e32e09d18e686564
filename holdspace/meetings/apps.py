from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "holdspace.meetings"
    label = "meetings"

    def ready(self) -> None:
        from holdspace.meetings.evenings import Sessions  # noqa: PLC0415 -- models are ready only now
        from holdspace.meetings.using import seated_in  # noqa: PLC0415
        from holdspace.members import queries as members  # noqa: PLC0415

        members.evenings_come_from(Sessions())
        members.signs_of_use_come_from(seated_in)
