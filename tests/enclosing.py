"""Mails and IHE XDM archives as a hospital's software makes them, and as somebody who wishes harm would."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any
from xml.sax.saxutils import escape, quoteattr

FOLDER = "IHE_XDM/SUBSET01"
PATIENT = "1^^^&amp;1.2.250.1.213.1.4.8&amp;ISO^NH"
SENDER, MAILBOX = "dpi@chu.mssante.example", "bamara@chu.mssante.example"
SUBJECT = "XDM/1.0/DDM+SDM-MR KANARIENVOGEL Gaspard 21/05/2014"


def entry(name: str, body: bytes, **announced: Any) -> str:
    """An ExtrinsicObject. `announced` replaces what is true: uri, size, hash, mime_type, patient; None: left out."""
    slots = {
        "URI": announced.get("uri", name),
        "size": announced.get("size", len(body)),
        "hash": announced.get("hash", hashlib.sha1(body).hexdigest()),
    }
    written = "".join(
        f"<rim:Slot name={quoteattr(slot)}><rim:ValueList><rim:Value>{escape(str(value))}</rim:Value></rim:ValueList>"
        "</rim:Slot>"
        for slot, value in slots.items()
        if value is not None
    )
    patient = announced.get("patient", PATIENT)
    identifier = (
        f'<rim:ExternalIdentifier identificationScheme="urn:uuid:58a6f841-87b3-4a3e-92fd-a8ffeff98427" '
        f'value="{patient}"/>'
        if patient
        else ""
    )
    mime_type = announced.get("mime_type", "text/xml")
    head = f"<rim:ExtrinsicObject id={quoteattr(name)} mimeType={quoteattr(mime_type)}>"
    return f"{head}{written}{identifier}</rim:ExtrinsicObject>"


def metadata(*entries: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<lcm:SubmitObjectsRequest xmlns:lcm="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0" '
        'xmlns:rim="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"><rim:RegistryObjectList>'
        f"{''.join(entries)}</rim:RegistryObjectList></lcm:SubmitObjectsRequest>"
    ).encode()


def zipped(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", compression) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return written.getvalue()


def xdm(
    *documents: bytes, announced: Sequence[Mapping[str, Any]] = (), more: Mapping[str, bytes] | None = None
) -> bytes:
    """An XDM archive of these documents; `announced`: what the metadata say wrongly of each."""
    names = [f"DOC{number:05}.XML" for number in range(1, len(documents) + 1)]
    said = [*announced, *({} for _ in range(len(documents) - len(announced)))]
    entries = [entry(name, body, **lie) for name, body, lie in zip(names, documents, said, strict=True)]
    files = {f"{FOLDER}/{name}": body for name, body in zip(names, documents, strict=True)}
    return zipped(
        {
            "README.TXT": b"Transmission de documents.\r\n",
            "INDEX.HTM": b"<html><body>Documents</body></html>",
            f"{FOLDER}/METADATA.XML": metadata(*entries),
            **files,
            **(more or {}),
        }
    )


def mail(*attached: bytes, message_id: str | None = "<1@dpi.example>", subject: str = SUBJECT, **headers: str) -> bytes:
    """A secure mail that carries these archives (or documents); `headers` are added, their `_` read as `-`."""
    message = EmailMessage(policy=SMTP.clone(max_line_length=200))
    message["From"], message["To"], message["Subject"] = SENDER, MAILBOX, subject
    message["Date"] = "Mon, 16 Nov 2026 10:00:00 +0100"
    if message_id:
        message["Message-ID"] = message_id
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("Ce message contient des documents de santé.\n")
    for body in attached:
        is_zip = body.startswith(b"PK")
        kind = ("application", "zip") if is_zip else ("text", "xml")
        message.add_attachment(body, *kind, filename="IHE_XDM.zip" if is_zip else "document.xml")
    return message.as_bytes()


def forwarded(inner: bytes) -> bytes:
    name = f"outer-{len(inner)}"
    head = (
        f"From: {SENDER}\r\nTo: {MAILBOX}\r\nSubject: TR\r\nMessage-ID: <forwarded@dpi.example>\r\n"
        f'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="{name}"\r\n\r\n'
        f"--{name}\r\nContent-Type: text/plain\r\n\r\nVoir plus bas.\r\n"
        f"--{name}\r\nContent-Type: message/rfc822\r\n\r\n"
    )
    return head.encode() + inner + f"\r\n--{name}--\r\n".encode()
