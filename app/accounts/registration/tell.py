"""Those who decide are told what waits: at once, or each morning in one letter (BAMARA_REGISTRATION_MAIL)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.accounts.approval.routing import Deciders, Managers, NationalTeam, who_decides
from app.accounts.mail import account_letters, outbox
from app.accounts.people import PROFESSIONS
from app.accounts.registration.sites import LABELS_ASKED
from app.languages import speaking

AT_ONCE, DAILY = "at_once", "daily"
HOUR = 7
"""Of Paris: the letter of the day is there when the day begins."""


@dataclass(frozen=True, slots=True)
class Recipient:
    email: str
    language: str


def tell_deciders(session: Session, when: str, now: datetime) -> int:
    """One letter per person for the requests they were not told of yet; returns how many requests were told. A request
    that nobody can decide waits untold until somebody can."""
    requests = [dict(row) for row in session.execute(_UNTOLD, {"before": told_until(when, now)}).mappings()]
    letters: dict[Recipient, list[Mapping[str, Any]]] = defaultdict(list)
    deciders = _deciders(session) if requests else {}
    told = [request for request in requests if deciders.get(_of(request, deciders))]
    for request in told:
        for recipient in deciders[_of(request, deciders)]:
            letters[recipient].append(request)
    for recipient, theirs in letters.items():
        _write(session, recipient, theirs)
    session.execute(_TOLD, {"ids": [str(request["id"]) for request in told]})
    return len(told)


def told_until(when: str, now: datetime) -> datetime:
    """Requests confirmed before this time are told: all of them at once, or those of before this morning's hour."""
    if when == AT_ONCE:
        return now
    here = now.astimezone(ZoneInfo("Europe/Paris"))
    this_morning = here.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return this_morning if here >= this_morning else this_morning - timedelta(days=1)


def _of(request: Mapping[str, Any], deciders: Iterable[Deciders]) -> Deciders:
    return who_decides(request["hospitals"], {one.hospital for one in deciders if isinstance(one, Managers)})


def _deciders(session: Session) -> dict[Deciders, list[Recipient]]:
    found: dict[Deciders, list[Recipient]] = defaultdict(list)
    for row in session.execute(_DECIDERS):
        found[Managers(row.hospital) if row.hospital else NationalTeam()].append(Recipient(row.email, row.language))
    return found


def _write(session: Session, recipient: Recipient, requests: Sequence[Mapping[str, Any]]) -> None:
    with speaking(recipient.language):
        said = [
            {
                "name": request["name"],
                "profession": str(PROFESSIONS.get(request["profession"], "")),
                "sites": " ; ".join(request["sites"]),
            }
            for request in requests
        ]
        outbox.post(session, recipient.email, account_letters.requests_letter(said))


_UNTOLD = text(f"""
    select a.id, concat_ws(' ', a.given_name, a.family_name) as name, a.profession,
        array(select distinct h.code from control.account_site x join control.hospital h on h.id = x.hospital_id
              where x.account_id = a.id) as hospitals,
        {LABELS_ASKED} as sites
    from control.account a
    where a.state = 'confirmed' and a.deciders_told_at is null and a.confirmed_at <= :before
    order by a.confirmed_at for update of a skip locked
""")
_DECIDERS = text("""
    select distinct a.email, a.language, h.code as hospital
    from control.account a join control.account_role r on r.account_id = a.id
        left join control.hospital h on h.id = r.hospital_id
    where a.state = 'active' and (r.role = 'bndmr' or (r.role = 'account_manager' and h.id is not null))
    order by a.email
""")
_TOLD = text("update control.account set deciders_told_at = now() where id = any(cast(:ids as uuid[]))")
