"""The post itself: SMTP by settings.MAIL_URL, or files in the demonstration. Knows no rows."""

import os
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formataddr, formatdate
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings

from holdspace.kit import clock
from holdspace.kit.ids import new_token
from holdspace.vault.tags import tag

PATIENCE = 20  # seconds for one answer of the mail server


class NotSent(RuntimeError):
    """The mail server was away or did not take the mail: nothing arrived, it may be tried again."""


class NeverSent(NotSent):
    """The mail server will not take this mail, now or later."""


def is_set_up() -> bool:
    """Whether there is a mail server, or the demonstration's folder instead."""
    return bool(settings.MAIL_URL) or settings.DEMONSTRATION


def address() -> str:
    """The address we write from."""
    return settings.MAIL_FROM or f"no-reply@{urlsplit(settings.MAIL_URL).hostname or 'localhost'}"


def settings_tag(scope: int) -> bytes:
    """Which mail settings a test was made with: a tag, so that no passphrase stands in a row."""
    return tag(scope, "mail-settings", f"{settings.MAIL_URL}|{settings.MAIL_FROM}")


def write(*, token: str, to: str, sender: str, subject: str, text: str) -> EmailMessage:
    """A plain mail: no pictures, nothing that reports back, the same Message-ID at each try."""
    mail = EmailMessage()
    own = address()
    mail["From"] = formataddr((sender, own))
    mail["To"] = to
    mail["Subject"] = subject
    mail["Date"] = formatdate(clock.now().timestamp())
    mail["Message-ID"] = f"<{token}@{own.partition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text)
    return mail


def send(mail: EmailMessage) -> None:
    """Hand a mail over. Raises NotSent when nothing was taken, NeverSent when it never will be.

    Any other failure leaves it open whether the mail was taken.
    """
    if settings.MAIL_URL:
        _by_smtp(mail)
    elif settings.DEMONSTRATION:
        _into_folder(mail)
    else:
        raise NotSent


def _into_folder(mail: EmailMessage) -> None:
    folder = Path(settings.DATA) / "mail"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    half, whole = folder / f".{new_token()}", folder / f"{new_token()[:16]}.eml"
    half.write_bytes(bytes(mail))
    half.rename(whole)
    day = clock.now().replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    os.utime(whole, (day, day))


def _by_smtp(mail: EmailMessage) -> None:
    try:
        server = _open()
    except (OSError, smtplib.SMTPException) as away:
        raise NotSent from away
    try:
        server.send_message(mail)
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _said in refused.recipients.values()]
        raise (NeverSent if all(c >= 550 for c in codes) else NotSent) from refused  # noqa: PLR2004
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refused:
        raise NotSent from refused
    finally:
        server.close()


def _open() -> smtplib.SMTP:
    """A connection, encrypted wherever the server offers it; signed in when the URL says how."""
    url = urlsplit(settings.MAIL_URL)
    host, here = url.hostname or "localhost", "localhost"
    trusted = ssl.create_default_context()
    if url.scheme == "smtps":
        ports = url.port or 465
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, ports, local_hostname=here, timeout=PATIENCE, context=trusted
        )
    else:
        server = smtplib.SMTP(host, url.port or 587, local_hostname=here, timeout=PATIENCE)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=trusted)
            server.ehlo()
    if url.username:
        server.login(unquote(url.username), unquote(url.password or ""))
    return server
