"""/healthz: the process answers. /readyz: it can work. /metrics: the figures, for Prometheus (promise E4)."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from app.access import public
from app.config import current_settings
from app.operations import metrics
from app.operations.probes import database_answers, redis_answers

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    return jsonify(status="ok")


@blueprint.get("/readyz")
@public
def readyz() -> tuple[Response, int]:
    """Without PostgreSQL nothing works: 503. Without Redis documents wait a little longer: degraded, yet ready."""
    database, bell = database_answers(), redis_answers(current_settings().redis_url)
    status = "ok" if database and bell else "degraded" if database else "down"
    words = {True: "ok", False: "down"}
    return jsonify(status=status, database=words[database], redis=words[bell]), 200 if database else 503


@blueprint.get("/metrics")
@public
def prometheus() -> Response:
    return Response(metrics.text_page(current_settings()), mimetype="text/plain; version=0.0.4")
