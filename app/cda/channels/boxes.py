"""Connections to mailboxes that read no more than a mail may be: a server announces what it wants, and the memory of
the receiver is every hospital's."""

from __future__ import annotations

from imaplib import IMAP4, IMAP4_SSL

from imap_tools import MailBox, MailBoxUnencrypted

from app.cda.unwrap.envelope import largest


class Bounded(IMAP4):
    """Twice the largest mail: some servers say a size that is not quite it."""

    def read(self, size: int) -> bytes:
        if size > 2 * largest(is_mail=True):
            raise self.abort("more than a mail may be")
        return super().read(size)


class BoundedTls(Bounded, IMAP4_SSL):
    pass


class Box(MailBoxUnencrypted):
    def _get_mailbox_client(self) -> IMAP4:
        return Bounded(self._host, self._port, self._timeout)


class TlsBox(MailBox):
    def _get_mailbox_client(self) -> IMAP4:
        return BoundedTls(self._host, self._port, ssl_context=self._ssl_context, timeout=self._timeout)
