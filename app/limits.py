"""How much a request may carry: a stranger sends small forms; documents have their own channel."""

from __future__ import annotations

from flask import Flask, current_app, request

from app.access import access_of
from app.accounts.permissions import PUBLIC

FORM_BYTES = 64 * 1024
CHANNEL = "documents"
"""The blueprint that receives documents: it has its own limit."""


def init_app(app: Flask) -> None:
    app.before_request(limit_forms)


def limit_forms() -> None:
    """Before anything reads the form; beyond, the answer is 413."""
    if request.endpoint and request.blueprint != CHANNEL and access_of(current_app, request.endpoint) == PUBLIC:
        request.max_content_length = FORM_BYTES
