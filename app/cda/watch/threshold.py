"""The letter that tells a hospital’s people of rejections above a threshold, or of one that never waits: once in an
hour, counts and codes only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import text
from sqlalchemy.orm import Session

from app import audit
from app.accounts.mail import outbox
from app.accounts.mail.letters import Link, write_letter
from app.cda.outcomes import Code
from app.config import current_settings
from app.languages import speaking
from app.tenants.bind import hospital_session, shared_session
from app.tenants.each import in_each
from app.tenants.hospital import Hospital

WINDOW_MINUTES = 60
TOLD_AT_ONCE = (Code.TRANSPORT, Code.CRASH)
"""Whatever the threshold: a transport id used again is alerted about (connected-mode 3), and the sender of a document
set aside is told that somebody knows."""


def threshold_of(hospital: Hospital) -> int | None:
    """The hospital's own; None when it follows the instance's (BAMARA_REJECTION_ALERT)."""
    with shared_session() as session:
        return session.scalar(text("select rejection_alert from control.hospital where id = :id"), {"id": hospital.id})


def set_threshold(hospital: Hospital, threshold: int | None, *, by: str) -> None:
    with shared_session() as session:
        session.execute(_SET, {"id": hospital.id, "threshold": threshold})
        audit.record_shared(session, actor=by, action="hospital:rejection_alert", hospital_id=hospital.id)


def tell_rejections() -> int:
    """The scheduler's; how many hospitals were told."""
    return sum(in_each(_tell).values())


def _tell(hospital: Hospital) -> bool:
    """A test site is there to be refused."""
    if hospital.twin_of:
        return False
    with hospital_session(hospital.code) as session:
        counted = session.execute(_REJECTED, {"minutes": WINDOW_MINUTES}).all()
    number = sum(row.number for row in counted)
    if not number:
        return False
    at_once = any(row.code in TOLD_AT_ONCE for row in counted)
    asked = {"id": hospital.id, "number": number, "minutes": WINDOW_MINUTES, "at_once": at_once}
    with shared_session() as session:  # the claim and the letters are one transaction: told once, or not at all
        if session.execute(_CLAIM, asked | {"usual": current_settings().rejection_alert}).first() is None:
            return False
        _write(session, hospital, number, counted)
    return True


def _write(session: Session, hospital: Hospital, number: int, counted: Sequence[Any]) -> None:
    codes = ", ".join(f"{row.code} ({row.number})" for row in counted)
    for person in session.execute(_PEOPLE, {"id": hospital.id}):
        with speaking(person.language):
            outbox.post(session, person.email, _letter(hospital.name, number, codes), "rejections", str(person.id))


def _letter(name: str, number: int, codes: str) -> outbox.Letter:
    return write_letter(
        _("BaMaRa - des documents sont rejetés"),
        ngettext(
            "%(hospital)s : un document a été rejeté en une heure.",
            "%(hospital)s : %(num)s documents ont été rejetés en une heure.",
            number,
            hospital=name,
        ),
        _("Motifs : %(codes)s.", codes=codes),
        Link(_("Ouvrir le journal des documents"), "/console/documents/?etat=refuses"),
        _("Ce courriel ne part qu’une fois par heure. Le seuil se règle dans la page des canaux."),
    )


_SET = text("update control.hospital set rejection_alert = :threshold where id = :id")
_REJECTED = text("""
    select code, count(*) as number from received_document
    where state in ('rejected', 'quarantined') and received_at > now() - make_interval(mins => :minutes)
    group by code order by number desc, code
""")
_CLAIM = text("""
    update control.hospital set rejections_told_at = now()
    where id = :id and (:at_once or :number >= coalesce(rejection_alert, :usual))
        and (rejections_told_at is null or rejections_told_at < now() - make_interval(mins => :minutes))
    returning id
""")
_PEOPLE = text("""
    select a.id, a.email, a.language from control.account a join control.account_role r on r.account_id = a.id
    where r.hospital_id = :id and r.role = 'si_project' and a.state = 'active' order by a.email
""")
