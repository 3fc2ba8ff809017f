"""The settings, read once from the environment (and `.env`), checked before anything starts (promise E5)."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dotenv import dotenv_values
from flask import current_app

from app.secret_files import kept_secret

ROOT = Path(__file__).resolve().parent.parent
MODES = ("demo", "production", "test")
PUBLISHED_SECRETS = ("changeme", "secret", "dev", "test", "bamara", "demo")
SHORTEST_SECRET = 32
REGISTRATION_MAILS = ("at_once", "daily")
"""When those who decide on requests for accounts are told of them."""
RECEPTION_LIMITS = {
    "BAMARA_MAIL_MIB": ("mail", 100),
    "BAMARA_MAIL_DEPTH": ("mail_depth", 50),
    "BAMARA_MAIL_PARTS": ("mail_parts", 1000),
    "BAMARA_ARCHIVE_MIB": ("archive", 60),
    "BAMARA_ARCHIVE_ENTRIES": ("entries", 1000),
    "BAMARA_ENTRY_MIB": ("entry", 100),
    "BAMARA_UNZIPPED_MIB": ("unzipped", 500),
    "BAMARA_ARCHIVE_RATIO": ("ratio", 1000),
}
"""Setting → what it limits, and the most that it may be."""
LONGEST_REMEMBERED = 31 * 24  # hours
DATABASE_SCHEMES = ("postgresql", "postgres")
REDIS_SCHEMES = ("redis", "rediss", "unix")


class BadSettings(ValueError):
    """The settings do not allow BaMaRa to start; the sentence is French and says how to mend them."""


@dataclass(frozen=True)
class Settings:
    """`database_url` (the owner of the database) and `redis_url` are empty when the embedded servers are to be used.
    Secrets never appear in the representation, so that a traceback or a log cannot show them."""

    mode: str
    home: Path
    host: str
    port: int
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    base_url: str
    alias_hosts: tuple[str, ...] = ()
    mail_url: str = field(default="", repr=False)
    cda_xsd: str = ""
    cda_schematron: str = ""
    workers: int = 1
    pg_bindir: str = ""
    placements: str = field(default="", repr=False)
    remember_hours: int = 12
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_label: str = "Pro Santé Connect"
    free_mail_domains: frozenset[str] = frozenset()
    registration_mail: str = "at_once"
    rejection_alert: int = 20
    reception_limits: tuple[tuple[str, int], ...] = ()

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Raises BadSettings. Without argument: the process environment, completed by the `.env` of the checkout."""
        given = _environment_and_dotenv() if environ is None else dict(environ)
        settings = cls(**_read(given))
        if settings.mode == "production":
            _refuse_in_production(settings, given)
        return settings

    @property
    def secure(self) -> bool:
        """Are the pages served over HTTPS? Decides HSTS and the `__Host-` cookies (C9)."""
        return self.base_url.startswith("https://")

    @property
    def demo_mail(self) -> bool:
        return not self.mail_url


def current_settings() -> Settings:
    """Those of the application at work."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _environment_and_dotenv() -> dict[str, str]:
    from_file = {name: value for name, value in dotenv_values(ROOT / ".env").items() if value is not None}
    return {**from_file, **os.environ}


def _read(given: Mapping[str, str]) -> dict[str, Any]:
    mode = _mode(given)
    home = Path(given.get("BAMARA_HOME") or ROOT / "var").absolute()
    port = _whole_number(given, "BAMARA_PORT", default=8000, most=65535)
    return {
        "mode": mode,
        "home": home,
        "host": given.get("BAMARA_HOST") or "127.0.0.1",
        "port": port,
        "database_url": _url(given, "DATABASE_URL", DATABASE_SCHEMES),
        "redis_url": _url(given, "REDIS_URL", REDIS_SCHEMES),
        "secret_key": _secret_key(given, mode, home),
        "base_url": (_url(given, "BAMARA_BASE_URL", ("http", "https")) or f"http://127.0.0.1:{port}").rstrip("/"),
        "alias_hosts": tuple(host.strip() for host in given.get("BAMARA_ALIAS_HOSTS", "").split(",") if host.strip()),
        "mail_url": _url(given, "MAIL_URL", ("smtp", "smtps")),
        "cda_xsd": given.get("BAMARA_CDA_XSD", ""),
        "cda_schematron": given.get("BAMARA_CDA_SCHEMATRON", ""),
        "workers": _whole_number(given, "BAMARA_WORKERS", default=os.cpu_count() or 1, most=64),
        "pg_bindir": given.get("BAMARA_PG_BINDIR", ""),
        "placements": given.get("BAMARA_PLACEMENTS", ""),
        "remember_hours": _whole_number(given, "BAMARA_REMEMBER_HOURS", default=12, most=LONGEST_REMEMBERED, least=0),
        **_identity_provider(given),
        "free_mail_domains": _domains(given),
        "reception_limits": _reception_limits(given),
        "rejection_alert": _whole_number(given, "BAMARA_REJECTION_ALERT", default=20, most=100_000),
        "registration_mail": _one_of(given, "BAMARA_REGISTRATION_MAIL", REGISTRATION_MAILS),
    }


def _mode(given: Mapping[str, str]) -> str:
    mode = given.get("BAMARA_MODE") or "demo"
    if mode not in MODES:
        raise BadSettings(f"BAMARA_MODE vaut « {mode} » : choisir demo, production ou test.")
    return mode


def _whole_number(given: Mapping[str, str], name: str, *, default: int, most: int, least: int = 1) -> int:
    text = given.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise BadSettings(f"{name} vaut « {text} » : donner un nombre entier de {least} à {most}.")
    return int(text)


def _reception_limits(given: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    """Those that are changed; the others are those of the specification (`app/cda/unwrap/limits.py`)."""
    return tuple(
        (name, _whole_number(given, setting, default=1, most=most))
        for setting, (name, most) in RECEPTION_LIMITS.items()
        if given.get(setting)
    )


def _domains(given: Mapping[str, str]) -> frozenset[str]:
    return frozenset(given.get("BAMARA_FREE_MAIL_DOMAINS", "").lower().replace(",", " ").split())


def _one_of(given: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    """The first choice is the default."""
    chosen = given.get(name) or choices[0]
    if chosen not in choices:
        raise BadSettings(f"{name} vaut « {chosen} » : choisir {' ou '.join(choices)}.")
    return chosen


def _identity_provider(given: Mapping[str, str]) -> dict[str, str]:
    """All three settings, or none: half of them would be an open door that nobody sees."""
    issuer = _url(given, "BAMARA_OIDC_ISSUER", ("https", "http")).rstrip("/")
    named = [issuer, given.get("BAMARA_OIDC_CLIENT_ID", ""), given.get("BAMARA_OIDC_CLIENT_SECRET", "")]
    if any(named) and not all(named):
        raise BadSettings(
            "Le fournisseur d’identité demande BAMARA_OIDC_ISSUER, BAMARA_OIDC_CLIENT_ID et BAMARA_OIDC_CLIENT_SECRET."
        )
    return {
        "oidc_issuer": issuer,
        "oidc_client_id": named[1],
        "oidc_client_secret": named[2],
        "oidc_label": given.get("BAMARA_OIDC_LABEL") or "Pro Santé Connect",
    }


def _url(given: Mapping[str, str], name: str, schemes: tuple[str, ...]) -> str:
    """The value itself is not repeated in the message: it may hold a password."""
    text = given.get(name, "")
    if text and urlsplit(text).scheme.partition("+")[0] not in schemes:
        raise BadSettings(f"{name} n’est pas une adresse utilisable : elle doit commencer par {schemes[0]}://.")
    return text


def _secret_key(given: Mapping[str, str], mode: str, home: Path) -> str:
    """Made once and kept under BAMARA_HOME, except in production, where whoever installs BaMaRa chooses it."""
    if given.get("BAMARA_SECRET_KEY"):
        return given["BAMARA_SECRET_KEY"]
    return "" if mode == "production" else kept_secret(home, "secret_key")


def _refuse_in_production(settings: Settings, given: Mapping[str, str]) -> None:
    for is_wrong, sentence in REFUSALS:
        if is_wrong(settings, given):
            raise BadSettings(f"BaMaRa refuse de démarrer en production : {sentence}")


def _debugging(_: Settings, given: Mapping[str, str]) -> bool:
    return any(given.get(name, "").lower() not in ("", "0", "false", "no") for name in ("FLASK_DEBUG", "DEBUG"))


def _weak_secret(settings: Settings, _: Mapping[str, str]) -> bool:
    bare = settings.secret_key.lower()
    return len(bare) < SHORTEST_SECRET or any(len(set(bare.replace(word, ""))) < 6 for word in PUBLISHED_SECRETS)


REFUSALS: tuple[tuple[Callable[[Settings, Mapping[str, str]], bool], str], ...] = (
    (
        lambda settings, _: not settings.secret_key,
        "BAMARA_SECRET_KEY manque. En tirer une par « python3 -c 'import secrets; print(secrets.token_hex(32))' ».",
    ),
    (_weak_secret, "BAMARA_SECRET_KEY est trop simple : au moins 32 caractères tirés au hasard."),
    (_debugging, "le mode de mise au point est actif. Retirer FLASK_DEBUG et DEBUG de l’environnement."),
    (
        lambda settings, _: not settings.secure,
        "BAMARA_BASE_URL doit être l’adresse publique en https://, celle des liens envoyés par courriel.",
    ),
    (
        lambda settings, _: settings.oidc_issuer.startswith("http://"),
        "BAMARA_OIDC_ISSUER doit commencer par https://.",
    ),
    (
        lambda settings, _: settings.demo_mail,
        "MAIL_URL manque, les courriels ne partiraient pas. Indiquer smtp://compte:secret@serveur:587?tls=starttls.",
    ),
)
