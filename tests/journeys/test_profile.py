"""One's own account: who one is, one's password, one's open sessions, one's language."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from app.tenants.hospital import Hospital
from tests.visitors import PASSWORD, Visitor, make_person, run

NEW = "Nouveau-2026!"
IDENTITY = {
    "civility": "madame",
    "given_name": "Claire-Élise",
    "family_name": "d’Arc Martin",
    "rpps": "",
    "phone": "",
}


@pytest.fixture
def elsewhere(app: Flask, clinician: Visitor, email: str) -> Visitor:
    """The same person, signed in on another workstation too."""
    other = Visitor.arrive(app)
    other.sign_in(email)
    return other


class TestIdentity:
    def test_it_is_shown_with_sites_and_roles(self, clinician: Visitor, email: str) -> None:
        page = clinician.client.get("/profil").text
        for word in (email, "médecin", "Site S001", "clinicien", 'value="Claire"', 'value="Martin"'):
            assert word in page

    def test_a_person_changes_who_they_are(self, clinician: Visitor, email: str) -> None:
        change(clinician, rpps="8 1010 1234 564", phone="01 40 03 20 00")
        (kept,) = run(
            "select civility, given_name, family_name, rpps, phone from control.account where email = :email",
            email=email,
        )
        assert tuple(kept) == ("madame", "Claire-Élise", "d’Arc Martin", "10101234564", "0140032000")
        assert "Claire-Élise d’Arc Martin" in clinician.client.get("/aide").text

    @pytest.mark.parametrize(
        ("field", "typed", "word"),
        [
            ("given_name", "", "Indiquez votre prénom"),
            ("family_name", "x" * 81, "trop long"),
            ("family_name", "<b>Martin</b>", "avec des lettres"),
            ("rpps", "12345678901", "RPPS n’est pas valable"),
            ("phone", "12", "numéro n’est pas valable"),
            ("civility", "docteur", "civilité"),
        ],
    )
    def test_each_field_says_what_is_wrong_and_keeps_what_was_typed(
        self, clinician: Visitor, field: str, typed: str, word: str
    ) -> None:
        answer = change(clinician, **{field: typed})
        assert answer.status_code == 422
        assert word in answer.text
        assert 'value="Claire-Élise"' in answer.text or field == "given_name"

    def test_what_a_decision_gave_is_not_changed_by_a_form(self, clinician: Visitor, email: str) -> None:
        change(clinician, email="autre@hopital.example", profession="arc_tec", state="active", role="bndmr")
        (kept,) = run("select email, profession from control.account where email = :email", email=email)
        assert tuple(kept) == (email, "medecin")

    def test_the_journal_names_the_fields_never_their_values(self, clinician: Visitor, email: str) -> None:
        change(clinician, phone="01 40 03 20 00")
        (event,) = events(email, "profile:change")
        assert set(event.detail["fields"]) == {"civility", "given_name", "family_name", "phone"}
        assert "0140032000" not in str(event.detail)

    def test_saving_the_same_changes_nothing(self, clinician: Visitor, email: str) -> None:
        change(clinician)
        change(clinician)
        assert len(events(email, "profile:change")) == 1


class TestPassword:
    def test_the_former_one_is_asked(self, clinician: Visitor) -> None:
        answer = change_password(clinician, current="Autre-2026!")
        assert answer.status_code == 422
        assert "n’est pas le vôtre" in answer.text

    def test_five_wrong_ones_lock_as_at_the_sign_in(self, clinician: Visitor) -> None:
        """A session left open does not let a stranger guess."""
        answers = [change_password(clinician, current="Autre-2026!").text for _ in range(5)]
        assert "encore une erreur" in answers[3]
        assert "verrouillé" in answers[4]
        assert change_password(clinician).status_code == 422

    @pytest.mark.parametrize(
        ("typed", "word"),
        [
            ({"password": "court", "password_confirm": "court"}, "au moins 8 caractères"),
            ({"password_confirm": "Autre-2026!"}, "diffèrent"),
            ({"password": PASSWORD, "password_confirm": PASSWORD}, "le même que l’ancien"),
        ],
    )
    def test_the_new_one_keeps_the_rule(self, clinician: Visitor, typed: dict[str, str], word: str) -> None:
        answer = change_password(clinician, **typed)
        assert answer.status_code == 422
        assert word in answer.text
        assert NEW not in answer.text

    def test_other_sessions_are_closed_and_this_one_has_a_new_id(
        self, app: Flask, clinician: Visitor, elsewhere: Visitor, email: str
    ) -> None:
        former = clinician.cookie
        assert change_password(clinician).headers["Location"] == "/profil"
        assert clinician.is_in()
        assert clinician.cookie != former
        assert not elsewhere.is_in()
        copied = app.test_client()
        copied.set_cookie("bamara", former)
        assert copied.get("/aide").status_code == 302

    def test_the_browser_is_asked_for_a_code_again(self, clinician: Visitor, email: str) -> None:
        change_password(clinician)
        clinician.post("/deconnexion", page="/aide")
        assert clinician.give_password(email, NEW).headers["Location"] == "/connexion/code"

    def test_links_already_sent_are_dead(self, clinician: Visitor, email: str) -> None:
        clinician.post("/mot-de-passe/oublie", page="/aide", email=email)
        change_password(clinician)
        live = run(
            "select 1 from control.one_use_link l join control.account a on a.id = l.account_id "
            "where a.email = :email and l.used_at is null and l.expires_at > clock_timestamp()",
            email=email,
        )
        assert live == []


class TestSessions:
    def test_they_are_listed_with_their_browser(self, clinician: Visitor, elsewhere: Visitor) -> None:
        page = clinician.client.get("/profil/sessions").text
        assert page.count("ce navigateur") == 1
        assert page.count("/fermer") == 2  # the other one, and all of them

    def test_one_is_closed_from_another(self, clinician: Visitor, elsewhere: Visitor) -> None:
        clinician.post(closing(clinician), page="/profil/sessions")
        assert clinician.is_in()
        assert not elsewhere.is_in()

    def test_somebody_elses_cannot_be_closed(self, app: Flask, clinician: Visitor, hospital: Hospital) -> None:
        other_email = f"autre.{hospital.code.lower()}@hopital.example"
        make_person(hospital, other_email)
        other, third = Visitor.arrive(app), Visitor.arrive(app)
        other.sign_in(other_email)
        third.sign_in(other_email)
        clinician.post(closing(other), page="/profil/sessions")
        assert third.is_in()

    def test_signing_out_everywhere_closes_them_all_and_forgets_the_browsers(
        self, clinician: Visitor, elsewhere: Visitor, email: str
    ) -> None:
        left = clinician.post("/profil/sessions/fermer-toutes", page="/profil/sessions")
        assert left.headers["Location"] == "/connexion"
        assert not clinician.is_in()
        assert not elsewhere.is_in()
        assert elsewhere.give_password(email).headers["Location"] == "/connexion/code"

    def test_the_page_tells_what_was_done_lately(self, app: Flask, clinician: Visitor, email: str) -> None:
        Visitor.arrive(app).sign_in(email)
        Visitor.arrive(app).give_password(email, "Autre-2026!")
        page = clinician.client.get("/profil/sessions").text
        assert "Mot de passe refusé" in page
        assert "Connexion" in page

    def test_nobody_reads_what_others_did(self, app: Flask, clinician: Visitor, hospital: Hospital) -> None:
        other_email = f"autre.{hospital.code.lower()}@hopital.example"
        make_person(hospital, other_email)
        Visitor.arrive(app).give_password(other_email, "Autre-2026!")
        assert "Mot de passe refusé" not in clinician.client.get("/profil/sessions").text


class TestLanguage:
    def test_french_unless_one_chooses(self, visitor: Visitor) -> None:
        page = visitor.client.get("/connexion", headers={"Accept-Language": "en"}).text
        assert '<html lang="fr">' in page

    def test_english_before_the_sign_in_and_after(self, visitor: Visitor, email: str) -> None:
        visitor.post("/langue", language="en")
        assert '<html lang="en">' in visitor.client.get("/connexion").text
        visitor.sign_in(email)
        assert '<html lang="en">' in visitor.client.get("/profil").text

    def test_the_account_keeps_it_for_other_browsers(self, app: Flask, clinician: Visitor, email: str) -> None:
        shown = clinician.post("/langue", page="/profil", language="en")
        assert shown.headers["Location"] == "/profil"
        other = Visitor.arrive(app)
        other.sign_in(email)
        assert '<html lang="en">' in other.client.get("/profil").text

    def test_pages_of_the_registry_stay_french_and_say_so(self, clinician: Visitor) -> None:
        clinician.post("/langue", page="/profil", language="en")
        assert '<div class="as-is" lang="fr">' in clinician.client.get("/aide").text

    def test_no_other_language_is_taken(self, visitor: Visitor) -> None:
        assert visitor.post("/langue", language="../../etc").status_code == 400

    @pytest.mark.parametrize("referrer", ["https://ailleurs.example/", "http://localhost//ailleurs.example", ""])
    def test_it_leads_nowhere_else(self, visitor: Visitor, referrer: str) -> None:
        """C8."""
        token = visitor.token()
        form = {"csrf_token": token, "language": "en"}
        sent = visitor.client.post("/langue", data=form, headers={"Referer": referrer})
        assert sent.headers["Location"] == "/"


def change(visitor: Visitor, **typed: str) -> Any:
    return visitor.post("/profil", page="/profil", **{**IDENTITY, **typed})


def change_password(visitor: Visitor, **typed: str) -> Any:
    form = {"current": PASSWORD, "password": NEW, "password_confirm": NEW, **typed}
    return visitor.post("/profil/mot-de-passe", page="/profil/mot-de-passe", **form)


def closing(visitor: Visitor) -> str:
    """The address that closes the other session listed."""
    found = re.search(r'action="(/profil/sessions/[0-9a-f-]{36}/fermer)"', visitor.client.get("/profil/sessions").text)
    assert found
    return found[1]


def events(email: str, action: str) -> list[Any]:
    return run(
        "select e.detail from control.audit_event e join control.account a on e.actor = 'account:' || a.id "
        "where a.email = :email and e.action = :action",
        email=email,
        action=action,
    )
