"""Refusals and accidents of the HTTP API: problem details (RFC 9457), in French."""

from __future__ import annotations

from flask import Response, json

TITLES = {
    400: "Requête incomplète",
    401: "Jeton refusé",
    404: "Introuvable",
    405: "Méthode non admise",
    409: "Clé déjà utilisée",
    413: "Document trop volumineux",
    503: "Service momentanément indisponible",
}
RETRY_SECONDS = 30


def problem(status: int, detail: str) -> Response:
    """`detail` says what to do next; it never quotes a document."""
    body = {"type": "about:blank", "title": TITLES.get(status, "Requête refusée"), "status": status, "detail": detail}
    answer = Response(json.dumps(body, ensure_ascii=False), status, mimetype="application/problem+json")
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="BaMaRa"'
    if status == 503:
        answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer
