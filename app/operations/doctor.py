"""`doctor`: what is configured, what answers, which versions, and whether every hospital is current, in French."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import redis
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.cda import official
from app.config import BadSettings, Settings
from app.operations import instance
from app.tenants.bind import shared_session
from app.tenants.check import check_all

SCARCE = 2 * 1024**3  # bytes left on the disk
LATE_LETTERS = """
select count(*) as number, string_agg(distinct error, ', ') as errors from control.outgoing_mail
where sent_at is null and given_up_at is null and created_at < now() - interval '5 minutes'
"""
LOST_LETTERS = """
select count(*) as number, string_agg(distinct error, ', ') as errors from control.outgoing_mail
where given_up_at > now() - interval '7 days' and error <> 'dead'
"""
CHANNELS_IN_TROUBLE = """
select count(*) as number,
    string_agg(h.code || ' ' || c.id || ' (' || coalesce(c.error, 'silencieux') || ')', ', ' order by h.code) as which
from control.channel c join control.hospital h on h.id = c.hospital_id
where c.kind in ('folder', 'mailbox') and c.revoked_at is null
    and (c.error is not null or coalesce(c.seen_at, c.created_at) < now() - interval '10 minutes')
"""
OK, NOTICE, FAULT = "ok", "à voir", "défaut"


@dataclass(frozen=True)
class Finding:
    """`state` is « ok », « à voir » (works, but somebody should look) or « défaut »."""

    subject: str
    state: str
    says: str


def examine(settings: Settings, served: Settings) -> list[Finding]:
    """`settings` as configured, `served` with the addresses really in use."""
    return [*_settings(settings), *_disk(settings), *_database(served), *_bell(served)]


def _settings(settings: Settings) -> Iterator[Finding]:
    runs = "en marche" if instance.read_state(settings.home).get("owner") == "instance" else "à l’arrêt"
    yield Finding(
        "instance", OK, f"mode {settings.mode}, {runs}, dossier {settings.home}, Python {platform.python_version()}"
    )
    yield Finding("adresse", OK if settings.secure else NOTICE, settings.base_url)
    yield Finding("base de données", OK, "externe (DATABASE_URL)" if settings.database_url else "embarquée")
    yield Finding("courriel", NOTICE if settings.demo_mail else OK, _mail(settings))
    if settings.cda_xsd or settings.cda_schematron:
        yield _norms(settings)


def _norms(settings: Settings) -> Finding:
    name = "XSD et schematron du CDA"
    try:
        official.load(settings)
    except BadSettings as refusal:
        return Finding(name, FAULT, str(refusal))
    return Finding(name, OK, ", ".join(filter(None, (settings.cda_xsd, settings.cda_schematron))))


def _mail(settings: Settings) -> str:
    return f"boîte de démonstration, {settings.home / 'mailbox'}" if settings.demo_mail else "serveur de MAIL_URL"


def _disk(settings: Settings) -> Iterator[Finding]:
    free = shutil.disk_usage(settings.home).free
    yield Finding("disque", OK if free > SCARCE else FAULT, f"{free / 1024**3:.1f} Gio libres")


def _database(served: Settings) -> Iterator[Finding]:
    try:
        with shared_session() as session:
            version = session.execute(text("show server_version")).scalar_one()
            superuser = session.execute(text("select rolsuper from pg_roles where rolname = session_user")).scalar_one()
        yield Finding("PostgreSQL", OK, f"répond, version {version}")
        if superuser:
            says = "superutilisateur : lui retirer ce droit (alter role … nosuperuser)"
            yield Finding("compte de l’application", FAULT, says)
        yield from _letters()
        yield from _channels()
        yield from _hospitals()
    except SQLAlchemyError as error:
        yield Finding(
            "PostgreSQL", FAULT, f"ne répond pas ({type(error).__name__}) : vérifier DATABASE_URL et le serveur"
        )


def _letters() -> Iterator[Finding]:
    """What waits, and what nobody will receive; errors are kinds and codes, never an address."""
    with shared_session() as session:
        late = session.execute(text(LATE_LETTERS)).one()
        lost = session.execute(text(LOST_LETTERS)).one()
    if late.number:
        says = f"{late.number} en attente depuis plus de cinq minutes ({late.errors}) : vérifier MAIL_URL et le serveur"
        yield Finding("courriels à envoyer", FAULT, says)
    if lost.number:
        says = f"{lost.number} jamais partis en sept jours ({lost.errors}) : vérifier les adresses des comptes"
        yield Finding("courriels abandonnés", NOTICE, says)
    if not late.number and not lost.number:
        yield Finding("courriels", OK, "tous partis")


def _channels() -> Iterator[Finding]:
    """Folders and mailboxes that do not answer, by the kind of what the receiver met."""
    with shared_session() as session:
        row = session.execute(text(CHANNELS_IN_TROUBLE)).one()
    if row.number:
        yield Finding("canaux", FAULT, f"{row.which} : vérifier le serveur, le mot de passe ou le dossier")


def _hospitals() -> Iterator[Finding]:
    checks = check_all()
    late = sorted(check.hospital for check in checks if not check.current)
    if late:
        says = f"{', '.join(late)} : schéma inattendu, lancer « hospitals upgrade » puis « hospitals check »"
        yield Finding("hôpitaux", FAULT, says)
    else:
        yield Finding("hôpitaux", OK, f"{len(checks)} ouverts, tous à jour")


def _bell(served: Settings) -> Iterator[Finding]:
    try:
        with redis.Redis.from_url(served.redis_url, socket_timeout=2, socket_connect_timeout=2) as client:
            server = client.info("server")
        yield Finding(
            "Redis",
            OK,
            f"répond, {server.get('server_name', 'redis')} {server.get('valkey_version', server['redis_version'])}",
        )
    except redis.exceptions.RedisError as error:
        yield Finding("Redis", NOTICE, f"ne répond pas ({type(error).__name__}) : les documents attendront un peu plus")
