"""A mail server of this machine, which keeps what it is sent."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mailbox:
    """What came in as (address, subject, text), and the addresses that are turned away for now."""

    port: int
    mails: list[tuple[str, str, str]] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)

    @property
    def channel(self) -> str:
        """The server as a channel, which lacks an address to send to."""
        return f"mailto://127.0.0.1:{self.port}?from=office@plans.example"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep a mail, or turn it away."""
        del server, session
        [address] = envelope.rcpt_tos
        if address in self.closed:
            return "451 try again later"
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        body = mail.get_body(("plain",))
        text = body.get_content() if body is not None else ""
        self.mails.append((address, str(mail["Subject"]), text))
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """A server on a port of its own while the body runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        mailbox = Mailbox(int(probe.getsockname()[1]))
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
