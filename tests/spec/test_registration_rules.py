"""What a request for an account must hold (guide § 2.1): each field, its reason, its sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.addresses import FREE_MAIL_DOMAINS
from app.accounts.people import PROFESSIONS
from app.accounts.registration.rules import QUESTIONS, Asked, Known, Reason, bare_phone, bare_rpps, find_refusals
from app.accounts.registration.sentences import REFUSALS
from app.accounts.sign_in.password_rule import Fault

GOOD = Asked(
    email="claire.martin@aphp.fr",
    given_name="Claire",
    family_name="Martin",
    profession="medecin",
    password="Genetique-2026!",
    password_confirm="Genetique-2026!",
    sites=("H001:S001",),
    terms=True,
)
KNOWN = Known(FREE_MAIL_DOMAINS, frozenset(PROFESSIONS), frozenset({"H001:S001", "H002:S101"}))


def test_a_complete_request_is_accepted() -> None:
    assert find_refusals(GOOD, KNOWN) == {}


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        ("email", "", Reason.NO_ADDRESS),
        ("email", "claire", Reason.NOT_AN_ADDRESS),
        ("email", "claire@", Reason.NOT_AN_ADDRESS),
        ("email", "@aphp.fr", Reason.NOT_AN_ADDRESS),
        ("email", "claire@aphp", Reason.NOT_AN_ADDRESS),
        ("email", "claire martin@aphp.fr", Reason.NOT_AN_ADDRESS),
        ("email", "claire@aphp.fr\nBcc: tous@aphp.fr", Reason.NOT_AN_ADDRESS),
        ("email", "claire@aphp.fr,autre@aphp.fr", Reason.NOT_AN_ADDRESS),
        ("email", "<claire@aphp.fr>", Reason.NOT_AN_ADDRESS),
        ("email", '"claire"@aphp.fr', Reason.NOT_AN_ADDRESS),
        ("email", "hélène@aphp.fr", Reason.NOT_AN_ADDRESS),
        ("email", "claire..martin@aphp.fr", Reason.NOT_AN_ADDRESS),
        ("email", "claire@-aphp.fr", Reason.NOT_AN_ADDRESS),
        ("email", "claire@[127.0.0.1]", Reason.NOT_AN_ADDRESS),
        ("email", f"{'c' * 65}@aphp.fr", Reason.NOT_AN_ADDRESS),
        ("email", f"claire@{'a' * 63}.{'b' * 63}.{'c' * 63}.{'d' * 63}.fr", Reason.NOT_AN_ADDRESS),
        ("email", "claire.martin@gmail.com", Reason.NOT_PROFESSIONAL),
        ("email", "Claire.Martin@GMAIL.com", Reason.NOT_PROFESSIONAL),
        ("email", "claire@mail.orange.fr", Reason.NOT_PROFESSIONAL),
        ("given_name", "", Reason.NO_GIVEN_NAME),
        ("given_name", "Claire2", Reason.NOT_A_NAME),
        ("given_name", "<b>Claire</b>", Reason.NOT_A_NAME),
        ("given_name", "www.exemple.fr", Reason.NOT_A_NAME),
        ("given_name", "exemple.fr", Reason.NOT_A_NAME),
        ("given_name", "https://exemple.fr", Reason.NOT_A_NAME),
        ("given_name", "Cliquez ! Maintenant", Reason.NOT_A_NAME),
        ("given_name", "-Claire", Reason.NOT_A_NAME),
        ("given_name", "C" * 81, Reason.LONG_NAME),
        ("family_name", "", Reason.NO_FAMILY_NAME),
        ("family_name", "=1+1", Reason.NOT_A_NAME),
        ("profession", "", Reason.NO_PROFESSION),
        ("profession", "directeur", Reason.NO_PROFESSION),
        ("civility", "docteur", Reason.UNKNOWN_CIVILITY),
        ("rpps", "10001234567", Reason.NOT_AN_RPPS),
        ("rpps", "1234", Reason.NOT_AN_RPPS),
        ("rpps", "٠١٢٣٤٥٦٧٨٩٠", Reason.NOT_AN_RPPS),
        ("phone", "0140", Reason.NOT_A_PHONE),
        ("phone", "00 00 00 00 00", Reason.NOT_A_PHONE),
        ("phone", "poste 3412", Reason.NOT_A_PHONE),
        ("password", "", Reason.NO_PASSWORD),
        ("password", "Court-1", Fault.INCOMPLETE),
        ("password", "genetique-2026!", Fault.INCOMPLETE),
        ("password", "GENETIQUE-2026!", Fault.INCOMPLETE),
        ("password", "Genetique-abcd!", Fault.INCOMPLETE),
        ("password", "Genetique2026", Fault.INCOMPLETE),
        ("password", "Aa1!" * 40, Fault.TOO_LONG),
        ("password", "Motdepasse1!", Fault.TOO_COMMON),
        ("password", "P@ssw0rd123", Fault.TOO_COMMON),
        ("password", "Azerty123!", Fault.TOO_COMMON),
        ("password", "Martin01!", Fault.ABOUT_YOU),
        ("password", "Claire.Martin1", Fault.ABOUT_YOU),
        ("sites", (), Reason.NO_SITE),
        ("sites", ("H001:S999",), Reason.UNKNOWN_SITE),
        ("sites", ("H001:S001", "H001"), Reason.UNKNOWN_SITE),
        ("sites", tuple(f"H001:S{n}" for n in range(21)), Reason.TOO_MANY_SITES),
        ("terms", False, Reason.TERMS_NOT_ACCEPTED),
    ],
)
def test_a_field_is_refused_with_its_reason(field: str, typed: object, reason: Reason | Fault) -> None:
    asked = replace(GOOD, **{field: typed})
    if field == "password":
        asked = replace(asked, password_confirm=typed)
    assert find_refusals(asked, KNOWN) == {field: reason}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("email", "c.martin+bamara@chu-lille.fr"),
        ("email", "claire.o'neil@sub.domain.hopital-necker.aphp.fr"),
        ("given_name", "Jean-Pierre"),
        ("given_name", "J.-P."),
        ("given_name", "Anne Sophie"),
        ("given_name", "Éloïse"),
        ("given_name", "李"),
        ("family_name", "d’Ormesson"),
        ("family_name", "O'Neil"),
        ("family_name", "de La Tour-du-Pin"),
        ("civility", ""),
        ("civility", "monsieur"),
        ("rpps", ""),
        ("rpps", "10000000017"),
        ("rpps", "8 10000000017"),
        ("phone", "01 40 03 20 00"),
        ("phone", "01.40.03.20.00"),
        ("phone", "+33 (0)1 40 03 20 00"),
        ("phone", "+32 2 764 11 11"),
        ("sites", ("H001:S001", "H002:S101")),
    ],
)
def test_a_field_is_accepted(field: str, typed: object) -> None:
    assert find_refusals(replace(GOOD, **{field: typed}), KNOWN) == {}


@pytest.mark.parametrize("password", ["Essai-2026!", "Demo-2026!", "Motdepasse-2026!", "Neige été 4 ?", "ÉtoileÀ7,"])
def test_a_password_that_keeps_the_guides_rule_is_accepted(password: str) -> None:
    assert find_refusals(replace(GOOD, password=password, password_confirm=password), KNOWN) == {}


def test_the_two_passwords_must_be_the_same() -> None:
    assert find_refusals(replace(GOOD, password_confirm="Genetique-2026"), KNOWN) == {
        "password_confirm": Reason.PASSWORDS_DIFFER
    }


def test_every_wrong_field_is_told_at_once_in_the_order_of_the_form() -> None:
    empty = Asked("", "", "", "", "", "", (), False)
    wrong = ["given_name", "family_name", "profession", "email", "password", "sites", "terms"]
    assert list(find_refusals(empty, KNOWN)) == wrong


def test_the_list_of_free_mail_domains_may_be_another() -> None:
    known = replace(KNOWN, free_mail_domains=frozenset({"aphp.fr"}))
    assert find_refusals(GOOD, known) == {"email": Reason.NOT_PROFESSIONAL}
    assert find_refusals(replace(GOOD, email="claire@gmail.com"), known) == {}


def test_every_reason_has_its_sentence() -> None:
    assert set(REFUSALS) == {*Reason, *Fault}


def test_every_field_of_a_request_has_its_question() -> None:
    assert set(QUESTIONS) == set(Asked.__dataclass_fields__)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("01 40 03 20 00", "0140032000"),
        ("+33 (0)1 40 03 20 00", "+33140032000"),
        ("+33 1.40.03.20.00", "+33140032000"),
        ("0033 1 40 03 20 00", "+33140032000"),
        ("+32 2 764 11 11", "+3227641111"),
    ],
)
def test_a_phone_is_kept_bare(typed: str, kept: str) -> None:
    assert bare_phone(typed) == kept


@pytest.mark.parametrize("typed", ["10000000017", "8 10000000017", "100 0000 0017"])
def test_an_rpps_is_kept_bare(typed: str) -> None:
    assert bare_rpps(typed) == "10000000017"


@given(st.text(max_size=60))
def test_no_name_can_carry_an_address_or_a_sentence(typed: str) -> None:
    """Our letters repeat the names to the owner of the address, and to those who decide."""
    if "given_name" not in find_refusals(replace(GOOD, given_name=typed), KNOWN):
        assert not set(typed) & set('<>@/:;,!?&"=\n\r\t\0()[]{}0123456789')
        assert not any(one and other for one, _, other in [typed.partition(".")] if other[:1].isalpha())
