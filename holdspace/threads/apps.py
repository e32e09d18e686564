from django.apps import AppConfig

from holdspace.kit.live import source


class ThreadsConfig(AppConfig):
    name = "holdspace.threads"
    label = "threads"

    def ready(self) -> None:
        """Open pages of conversations are told what moved; members hears who talks."""
        from holdspace.members.queries import signs_of_use_come_from  # noqa: PLC0415 -- the same
        from holdspace.threads.live import TOPIC, TalkLine  # noqa: PLC0415 -- models are ready now
        from holdspace.threads.using import talking_in  # noqa: PLC0415

        source(TOPIC, TalkLine())
        signs_of_use_come_from(talking_in)
