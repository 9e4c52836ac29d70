"""Delivering a notice by e-mail and to a webhook: bounded seconds, no exception, and no secret in what is said of it.

Belongs here: how. Does not belong here: what is told (``sayings``) and whether (``tell``).

Not ``dagster.make_email_on_run_failure_sensor``: it has no time limit, speaks of failed runs alone, and only where a
daemon runs.
"""

from __future__ import annotations

import json
import smtplib
import ssl
import threading
import time
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import closing
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any
from urllib.error import HTTPError
from urllib.parse import SplitResult, unquote, urlsplit

from dagster_project.notices.sayings import Notice
from dagster_project.settings import NoticeSettings

SECONDS = 10.0
"""What all channels together may cost, whatever their servers do; a step of one may take half of it."""


def deliver(notice: Notice, settings: NoticeSettings) -> dict[str, str]:
    """Send a notice by every channel that is set; by channel, empty where the server took it, else why it did not."""
    channels: dict[str, Callable[[Notice, NoticeSettings], None]] = {}
    if settings.mail_to:
        channels["correo"] = send_mail
    if settings.webhook:
        channels["webhook"] = post
    outcomes = dict.fromkeys(channels, f"sin respuesta en {SECONDS:.0f} s")

    def attempt(name: str) -> None:
        try:
            channels[name](notice, settings)
            outcomes[name] = ""
        except Exception as error:  # whatever a server of others answers fails no load
            outcomes[name] = _without_secrets(error, settings)

    # Daemons: what still hangs after that keeps no process from ending.
    threads = [threading.Thread(target=attempt, args=(name,), daemon=True) for name in channels]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + SECONDS
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    return dict(outcomes)


def send_mail(notice: Notice, settings: NoticeSettings) -> None:
    """Send it as plain text; a password only ever goes over an encrypted connection.

    Raises:
        OSError, smtplib.SMTPException, ValueError: the server did not take it, or the settings name none.
    """
    url = _parsed(settings.smtp, ("smtp", "smtps"), "AVANCE_NOTICES_SMTP")
    host, port, user = url.hostname or "", url.port, unquote(url.username or "")
    secure = ssl.create_default_context()
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port or 465, timeout=SECONDS / 2, context=secure)
    else:
        server = smtplib.SMTP(host, port or 25, timeout=SECONDS / 2)
    with server:
        if settings.smtp_password:
            if url.scheme == "smtp":
                server.starttls(context=secure)
            server.login(user, settings.smtp_password)
        if refused := server.send_message(_message(notice, settings)):  # some: of all it raises
            raise smtplib.SMTPRecipientsRefused(refused)


def post(notice: Notice, settings: NoticeSettings) -> None:
    """POST it as JSON; ``text`` holds all of it, which is what chat programs show.

    Raises:
        OSError, ValueError: the server did not take it, or the setting is no address.
    """
    _parsed(settings.webhook, ("http", "https"), "AVANCE_NOTICES_WEBHOOK")
    body = {
        "evento": notice.evento,
        "titulo": notice.titulo,
        "lineas": list(notice.lineas),
        "text": f"{notice.titulo}\n{notice.texto}",
    }
    request = urllib.request.Request(
        settings.webhook,
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json; charset=utf-8"},
        method="POST",
    )
    with closing(urllib.request.build_opener(_NoRedirect).open(request, timeout=SECONDS / 2)):
        pass


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Where an address leads on, nobody asked for the notice to go."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _parsed(address: str, schemes: Sequence[str], variable: str) -> SplitResult:
    """The parts of an address; what is said of a wrong one does not repeat it."""
    try:
        url = urlsplit(address)
        is_whole = url.scheme in schemes and bool(url.hostname) and url.port != 0 and url.password is None
    except ValueError:
        is_whole = False
    if not is_whole:
        raise ValueError(f"{variable} no es una dirección {' o '.join(schemes)}://servidor:puerto sin contraseña")
    return url


def _message(notice: Notice, settings: NoticeSettings) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = _one_line(notice.titulo)
    message["From"], message["To"] = settings.mail_from, ", ".join(settings.mail_to)
    message["Date"], message["Message-ID"] = formatdate(localtime=True), make_msgid(domain="avance.invalid")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n".join(map(_one_line, notice.lineas)) + "\n")
    return message


def _one_line(text: str) -> str:
    """A line whose control characters are blanks: names of files come from whoever made them."""
    return "".join(c if c.isprintable() else " " for c in text)


def _without_secrets(error: Exception, settings: NoticeSettings) -> str:
    """What went wrong, by the kind of error; of the server's own words only numbers, for they may repeat ours."""
    if isinstance(error, HTTPError):
        return f"HTTP {error.code}"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        named = ", ".join(f"{address} ({code})" for address, (code, _) in sorted(error.recipients.items()))
        return f"el servidor no aceptó a {named}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"SMTP {error.smtp_code}"
    said = f"{type(error).__name__}: {getattr(error, 'reason', None) or error}"
    hidden = (settings.smtp_password, settings.webhook, settings.webhook.partition("://")[2].partition("/")[2])
    return "(oculto)" if any(secret and secret in said for secret in hidden) else said
