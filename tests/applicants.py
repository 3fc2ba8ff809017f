"""People who ask for an account: what they type, and how they confirm their address."""

from __future__ import annotations

import re
from typing import Any

from app.structures.sites import add_site
from app.tenants.hospital import Hospital
from tests.visitors import PASSWORD, Visitor, letters_to, link_in, run

CONFIRM = "BaMaRa - Veuillez confirmer votre adresse email"


def opened_site(hospital: Hospital, code: str = "S001", label: str = "Génétique") -> str:
    """« HOSPITAL:SITE »."""
    add_site(hospital.code, code, label, "ccmr", None)
    return f"{hospital.code}:{code}"


def filled(email: str, *sites: str, **others: Any) -> dict[str, Any]:
    """The form as a person fills it."""
    return {
        "given_name": "Claire",
        "family_name": "Martin",
        "profession": "medecin",
        "email": email,
        "password": PASSWORD,
        "password_confirm": PASSWORD,
        "sites": list(sites),
        "terms": "y",
        **others,
    }


def register(visitor: Visitor, email: str, *sites: str, **others: Any) -> Any:
    return visitor.post("/inscription", page="/inscription", **filled(email, *sites, **others))


def confirm(visitor: Visitor, email: str) -> Any:
    link = link_in(letters_to(visitor.app, email)[-1])
    return visitor.post(link, page=link)


def subjects_to(visitor: Visitor, email: str) -> list[str]:
    return [letter["Subject"] for letter in letters_to(visitor.app, email)]


def account_of(email: str) -> Any:
    rows = run("select * from control.account where email = :email", email=email)
    return rows[0] if rows else None


def sites_of(email: str) -> list[str]:
    rows = run(
        "select h.code || ':' || s.site_code as code from control.account_site s "
        "join control.account a on a.id = s.account_id join control.hospital h on h.id = s.hospital_id "
        "where a.email = :email order by code",
        email=email,
    )
    return [row.code for row in rows]


def told(page: str) -> list[str]:
    """The sentences of refusal that a page shows beside its fields."""
    return [re.sub(r"<[^>]+>", "", found).strip() for found in re.findall(r'<p class="error".*?</p>', page, re.S)]
