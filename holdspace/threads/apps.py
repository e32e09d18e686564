from django.apps import AppConfig

from holdspace.kit.live import source


class ThreadsConfig(AppConfig):
    name = "holdspace.threads"
    label = "threads"

    def ready(self) -> None:
        """Open pages of conversations are told what moved."""
        from holdspace.threads.live import TOPIC, TalkLine  # noqa: PLC0415 -- models are ready now

        source(TOPIC, TalkLine())
