"""The HTTP API: POST a document, follow its state, preview it. Errors are problem details (RFC 9457) in French."""

from __future__ import annotations

import contextlib
import logging
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, json, request, url_for
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from app.access import public
from app.cda.acknowledge import status
from app.cda.channels.tokens import Channel, find_channel, note_brought
from app.cda.previewed import preview_for
from app.cda.receive import LONGEST_TRANSPORT_ID, Delivery, TooLarge, TransportConflict, deliver
from app.cda.receptions import endings
from app.cda.unwrap.envelope import largest
from app.extensions import csrf
from app.problems import problem
from app.tenants.bind import hospital_session
from app.tenants.directory import find_hospital

blueprint = Blueprint("documents", __name__, url_prefix="/api/v1/documents")
log = logging.getLogger(__name__)
csrf.exempt(blueprint)  # the only exempt routes (C7): they know no cookie, only the channel's token
LONGEST_LISTENED = 64 * 1024 * 1024  # octets read of a request that is refused
STRANGER_LISTENED = 1024 * 1024  # of one without a token: it must not hold a thread for nothing


class Problem(Exception):
    """`detail` is French and says what to do next; it never quotes the document."""

    def __init__(self, http_status: int, detail: str) -> None:
        super().__init__(detail)
        self.http_status, self.detail = http_status, detail


@blueprint.errorhandler(Problem)
def show_problem(refusal: Problem) -> Response:
    _let_the_sender_finish(STRANGER_LISTENED if refusal.http_status == 401 else LONGEST_LISTENED)
    return problem(refusal.http_status, refusal.detail)


@blueprint.errorhandler(SQLAlchemyError)
def show_unavailable(failure: SQLAlchemyError) -> Response:
    """Not committed, hence not acknowledged: the sender keeps the document and comes back (connected-mode 3)."""
    log.error("the database did not answer: %s", type(failure).__name__)
    return problem(503, "Rien n’a été reçu : renvoyer le document dans quelques instants.")


@blueprint.post("")
@public
def receive_document() -> Response:
    channel = _channel()
    key, body = _idempotency_key(), _body()
    try:
        received = deliver(find_hospital(channel.hospital_code), Delivery(channel.name, body, transport_id=key))
    except TooLarge:
        raise _too_large() from None
    except TransportConflict:
        raise Problem(409, "Cette clé a déjà servi pour un autre contenu : en choisir une autre.") from None
    note_brought(channel)
    status_url = url_for("documents.show_status", document_id=received.document_id)
    answer = _json({"document_id": received.document_id, "status_url": status_url}, 202)
    answer.headers["Location"] = status_url
    return answer


@blueprint.get("/<document_id>")
@public
def show_status(document_id: str) -> Response:
    channel = _channel()
    asked = _uuid(document_id)
    with hospital_session(channel.hospital_code) as session:
        rows = endings(session, [asked]).get(asked)
    if not rows:
        raise _not_found()
    return _json(status(rows))


@blueprint.post("/preview")
@public
def preview_document() -> Response:
    channel = _channel()
    hospital, body = find_hospital(channel.hospital_code), _body()
    return _json(preview_for(channel.name, hospital, body, route="documents.preview_document"))


def _channel() -> Channel:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    channel = find_channel(token.strip()) if scheme.lower() == "bearer" and token.strip() else None
    if channel is None:
        raise Problem(401, "Indiquer un jeton de canal valide : « Authorization: Bearer … ».")
    return channel


def _idempotency_key() -> str | None:
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > LONGEST_TRANSPORT_ID or not key.isprintable():
        raise Problem(400, f"La clé Idempotency-Key compte au plus {LONGEST_TRANSPORT_ID} caractères imprimables.")
    return key or None


def _body() -> bytes:
    """Read up to the limit and one octet: a body without a declared length is not trusted to end."""
    most = largest(is_mail=False)
    if (request.content_length or 0) > most:
        raise _too_large()
    body = request.stream.read(most + 1)
    if len(body) > most:
        raise _too_large()
    if not body:
        raise Problem(400, "Le corps de la requête est vide : y placer le document CDA.")
    return body


def _let_the_sender_finish(left: int) -> None:
    """What is still being sent is read and dropped, up to a bound: a connection closed on a body half sent hides the
    answer from most senders, who would take a refusal for a failure and come back."""
    request.max_content_length = None
    with contextlib.suppress(HTTPException):  # gone, or still not done at the bound
        while left > 0 and (piece := request.stream.read(min(left, 64 * 1024))):
            left -= len(piece)


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise _not_found() from None


def _too_large() -> Problem:
    return Problem(413, f"Un document compte au plus {largest(is_mail=False) // 1024 // 1024} Mio.")


def _not_found() -> Problem:
    return Problem(404, "Aucun document de cet établissement ne porte cet identifiant.")


def _json(value: Any, http_status: int = 200, mimetype: str = "application/json") -> Response:
    return Response(json.dumps(value, ensure_ascii=False), http_status, mimetype=mimetype)
