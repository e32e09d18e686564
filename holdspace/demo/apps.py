from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "holdspace.demo"
    label = "demo"

    def ready(self) -> None:
        from holdspace.demo.bar import bar  # noqa: PLC0415 -- the registry is not ready before
        from holdspace.kit.frame import above  # noqa: PLC0415

        above(bar)
