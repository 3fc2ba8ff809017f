"""/healthz, /readyz and /metrics (promise E4): Redis down is degraded, PostgreSQL down is not ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.config import Settings
from app.operations import health
from app.tenants.hospital import Hospital
from tests.taken_away import taken_away


@pytest.fixture
def without_redis(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    settings: Settings = app.config["SETTINGS"]
    monkeypatch.setitem(app.config, "SETTINGS", replace(settings, redis_url="redis://127.0.0.1:1/0"))
    return app


def test_all_is_well(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/healthz").get_json() == {"status": "ok"}
    answer = client.get("/readyz")
    assert (answer.status_code, answer.get_json()) == (200, {"status": "ok", "database": "ok", "redis": "ok"})


def test_without_redis_the_service_is_degraded_and_ready(without_redis: Flask) -> None:
    answer = without_redis.test_client().get("/readyz")
    assert (answer.status_code, answer.get_json()["status"]) == (200, "degraded")


def test_without_postgresql_the_service_lives_but_is_not_ready(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "database_answers", lambda: False)
    assert app.test_client().get("/readyz").status_code == 503
    assert app.test_client().get("/healthz").status_code == 200


def test_the_figures_count_per_hospital_and_name_nobody(app: Flask, hospital: Hospital) -> None:
    page = app.test_client().get("/metrics")
    assert page.mimetype == "text/plain"
    assert f'bamara_documents{{hospital="{hospital.code}",state="pending"}} 0' in page.text
    assert 'bamara_up{service="database"} 1' in page.text
    assert hospital.name not in page.text


def test_the_figures_say_which_hospital_cannot_be_read(
    app: Flask, settings: Settings, hospital: Hospital, open_hospital_for_test: Callable[..., Hospital]
) -> None:
    away = open_hospital_for_test()
    with taken_away(settings, away):
        page = app.test_client().get("/metrics").text
    assert f'bamara_hospital_unreadable{{hospital="{away.code}"}} 1' in page
    assert f'bamara_hospital_unreadable{{hospital="{hospital.code}"}} 0' in page
    assert f'bamara_documents{{hospital="{away.code}"' not in page
    assert f'bamara_documents{{hospital="{hospital.code}",state="pending"}} 0' in page
    assert 'bamara_up{service="database"} 1' in page


def test_the_figures_say_what_is_down(without_redis: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost() -> None:
        raise OperationalError("select", {}, Exception("lost"))

    monkeypatch.setattr("app.operations.metrics.shared_session", lost)
    page = without_redis.test_client().get("/metrics").text
    assert 'bamara_up{service="redis"} 0' in page
    assert 'bamara_up{service="database"} 0' in page
