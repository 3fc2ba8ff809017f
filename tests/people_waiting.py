"""People who ask for an account, and what became of them."""

from __future__ import annotations

from typing import Any

from app.accounts.people import create_person
from app.clock import new_id
from app.structures.sites import add_site
from app.tenants.bind import shared_session
from app.tenants.hospital import Hospital
from tests.visitors import PASSWORD, run


def asks_for(
    hospital: Hospital,
    *sites: str,
    state: str = "confirmed",
    email: str = "",
    family_name: str = "Deschamps",
    days: int = 0,
) -> str:
    """The id of an account that awaits a decision, since so many days; its sites are added when the hospital lacks
    them."""
    email = email or f"demande.{new_id()}@hopital.example"
    known = {row.code for row in run("select code from control.site where hospital_id = :id", id=hospital.id)}
    for site in set(sites or ("S001",)) - known:
        add_site(hospital.code, site, f"Site {site}", "ccmr", None)
    with shared_session() as session:
        account_id = create_person(
            session,
            email=email,
            name=f"Jeanne {family_name}",
            profession="medecin",
            password=PASSWORD,
            role="clinician",
            hospital_code=hospital.code,
            sites=sites or ("S001",),
        )
    run("delete from control.account_role where account_id = :id", id=account_id)
    run(
        "update control.account set state = :state, created_at = now() - make_interval(days => :days),"
        " confirmed_at = case when :state <> 'registered' then now() - make_interval(days => :days) end where id = :id",
        id=account_id,
        state=state,
        days=days,
    )
    return account_id


def account(account_id: str) -> Any:
    return run("select * from control.account where id = :id", id=account_id)[0]


def sites_of(account_id: str) -> set[tuple[str, str]]:
    rows = run(
        "select h.code, s.site_code from control.account_site s join control.hospital h on h.id = s.hospital_id"
        " where s.account_id = :id",
        id=account_id,
    )
    return {tuple(row) for row in rows}


def roles_of(account_id: str) -> set[tuple[str, str | None]]:
    rows = run(
        "select r.role, h.code from control.account_role r left join control.hospital h on h.id = r.hospital_id"
        " where r.account_id = :id",
        id=account_id,
    )
    return {tuple(row) for row in rows}


def letters_to(account_id: str) -> list[str]:
    """The subjects, in their order."""
    rows = run(
        "select m.subject from control.outgoing_mail m join control.account a on a.email = m.recipient"
        " where a.id = :id order by m.id",
        id=account_id,
    )
    return [row.subject for row in rows]


def events_of(account_id: str) -> list[tuple[str, str, str | None]]:
    """(action, actor, hospital's id), in their order."""
    rows = run(
        "select action, actor, hospital_id::text from control.audit_event"
        " where detail ->> 'account' = :id order by seq",
        id=account_id,
    )
    return [tuple(row) for row in rows]
