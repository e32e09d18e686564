import re

from django.conf import settings

from holdspace.kit import surroundings


def test_every_name_that_is_read_is_listed_and_none_besides():
    assert surroundings.read_by_sources(settings.ROOT) == set(surroundings.ENVIRONMENT)


def test_the_page_is_current():
    assert (settings.ROOT / surroundings.PAGE).read_text() == surroundings.draw()


def pins(name):
    text = (settings.ROOT / name).read_text()
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


def test_what_runs_is_what_was_checked():
    run, check = pins("requirements.txt"), pins("requirements-dev.txt")
    assert len(run) > 20
    assert run.items() <= check.items()


def test_every_pin_has_its_hash_and_no_address():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (settings.ROOT / name).read_text()
        assert not re.search(r"^(?!#).*index-url", text, re.MULTILINE)  # its first line may name it
        for pin in re.split(r"\n(?=[a-z])", text.partition("\n\n")[2] or text):
            if "==" in pin:
                assert "--hash=sha256:" in pin, pin.splitlines()[0]
