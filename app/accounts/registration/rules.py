"""What a request for an account must hold. Pure: each field has its questions, the first reason refuses it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.accounts.addresses import as_kept, is_address, is_professional
from app.accounts.sign_in.password_rule import Fault, find_fault

MOST_SITES = 20
LONGEST_NAME = 80
CIVILITIES = ("madame", "monsieur")


class Reason(StrEnum):
    """Why a field is refused; `sentences` says it."""

    NO_ADDRESS = "no_address"
    NOT_AN_ADDRESS = "not_an_address"
    NOT_PROFESSIONAL = "not_professional"
    NO_GIVEN_NAME = "no_given_name"
    NO_FAMILY_NAME = "no_family_name"
    NOT_A_NAME = "not_a_name"
    LONG_NAME = "long_name"
    NO_PROFESSION = "no_profession"
    UNKNOWN_CIVILITY = "unknown_civility"
    NOT_AN_RPPS = "not_an_rpps"
    NOT_A_PHONE = "not_a_phone"
    NO_PASSWORD = "no_password"  # noqa: S105 - the name of a reason
    PASSWORDS_DIFFER = "passwords_differ"
    NO_SITE = "no_site"
    UNKNOWN_SITE = "unknown_site"
    TOO_MANY_SITES = "too_many_sites"
    TERMS_NOT_ACCEPTED = "terms_not_accepted"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, trimmed. `sites` are « HOSPITAL:SITE », each once."""

    email: str
    given_name: str
    family_name: str
    profession: str
    password: str
    password_confirm: str
    sites: tuple[str, ...]
    terms: bool
    civility: str = ""
    rpps: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What a request is held against: the free-mail domains, the professions, and which of its sites are on offer."""

    free_mail_domains: Collection[str]
    professions: Collection[str]
    offered: Collection[str]


Refusals = Mapping[str, Reason | Fault]
"""Field → why it is refused."""


def find_refusals(asked: Asked, known: Known) -> Refusals:
    """In the order of the form; empty when the request may be kept."""
    reasons = ((field, question(asked, known)) for field, question in QUESTIONS.items())
    return {field: reason for field, reason in reasons if reason}


def bare_rpps(typed: str) -> str:
    """Its eleven digits, without spaces nor the leading 8 of PS_IdNat."""
    digits = "".join(typed.split())
    return digits[1:] if len(digits) == 12 and digits.startswith("8") else digits


def bare_phone(typed: str) -> str:
    """Digits alone, after the + of another country: « +33 (0)1 40… » is +33140…"""
    digits = re.sub(r"[\s.()/-]", "", typed)
    return re.sub(r"^(\+|00)(330?)?", lambda start: "+33" if start[2] else "+", digits)


def _email(asked: Asked, known: Known) -> Reason | None:
    email = as_kept(asked.email)
    if not email:
        return Reason.NO_ADDRESS
    if not is_address(email):
        return Reason.NOT_AN_ADDRESS
    return None if is_professional(email, known.free_mail_domains) else Reason.NOT_PROFESSIONAL


def _name(typed: str, absent: Reason) -> Reason | None:
    if not typed:
        return absent
    if len(typed) > LONGEST_NAME:
        return Reason.LONG_NAME
    return None if _NAME.fullmatch(typed) else Reason.NOT_A_NAME


def _given_name(asked: Asked, known: Known) -> Reason | None:
    return _name(asked.given_name, Reason.NO_GIVEN_NAME)


def _family_name(asked: Asked, known: Known) -> Reason | None:
    return _name(asked.family_name, Reason.NO_FAMILY_NAME)


def _civility(asked: Asked, known: Known) -> Reason | None:
    return None if asked.civility in ("", *CIVILITIES) else Reason.UNKNOWN_CIVILITY


def _profession(asked: Asked, known: Known) -> Reason | None:
    return None if asked.profession in known.professions else Reason.NO_PROFESSION


def _rpps(asked: Asked, known: Known) -> Reason | None:
    return None if not asked.rpps or _is_rpps(bare_rpps(asked.rpps)) else Reason.NOT_AN_RPPS


def _phone(asked: Asked, known: Known) -> Reason | None:
    return None if not asked.phone or _PHONE.fullmatch(bare_phone(asked.phone)) else Reason.NOT_A_PHONE


def _password(asked: Asked, known: Known) -> Reason | Fault | None:
    if not asked.password:
        return Reason.NO_PASSWORD
    return find_fault(asked.password, (asked.given_name, asked.family_name, asked.email))


def _password_confirm(asked: Asked, known: Known) -> Reason | None:
    return None if asked.password_confirm == asked.password else Reason.PASSWORDS_DIFFER


def _sites(asked: Asked, known: Known) -> Reason | None:
    if not asked.sites:
        return Reason.NO_SITE
    if len(asked.sites) > MOST_SITES:
        return Reason.TOO_MANY_SITES
    return None if set(asked.sites) <= set(known.offered) else Reason.UNKNOWN_SITE


def _terms(asked: Asked, known: Known) -> Reason | None:
    return None if asked.terms else Reason.TERMS_NOT_ACCEPTED


def _is_rpps(digits: str) -> bool:
    """Eleven digits, the last one a Luhn key."""
    if not re.fullmatch(r"[0-9]{11}", digits):
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


# Letters, and between them a space, a hyphen or an apostrophe; a point ends an initial. Our letters carry these names
# to third parties: no address and no sentence may pass for one.
_NAME = re.compile(r"[^\W\d_]+(?:(?:\.?[ -]|['’])[^\W\d_]+)*\.?")
_PHONE = re.compile(r"0[1-9][0-9]{8}|\+[1-9][0-9]{6,14}")

QUESTIONS: Mapping[str, Callable[[Asked, Known], Reason | Fault | None]] = {
    "civility": _civility,
    "given_name": _given_name,
    "family_name": _family_name,
    "profession": _profession,
    "rpps": _rpps,
    "email": _email,
    "phone": _phone,
    "password": _password,
    "password_confirm": _password_confirm,
    "sites": _sites,
    "terms": _terms,
}
"""Field → its question, in the order of the form."""
