"""Which of two answers a merge proposes: an INS counts when the DPI sent it."""

from __future__ import annotations

from app.fiches.record import Fiche, Stamp
from app.identity.merging.suggest import Question, has_an_ins, suggest
from app.sdm.identity import Identifier
from tests.full_fiche import full_fiche

INS = Identifier("ins", "1.2.250.1.213.1.4.8", "114053800000775")


def known_by(origin: str | None) -> Fiche:
    fiche = full_fiche()
    fiche.identifiers = [INS] if origin else []
    fiche.identifier_origins = {INS.lookup: origin} if origin else {}  # type: ignore[dict-item]
    return fiche


def side(one: str | None, other: str | None, item: str = "birth_family_name") -> str | None:
    fiches = known_by(one), known_by(other)
    found = has_an_ins(Question(item, fiches, (fiches[0].patient, fiches[1].patient)))
    return found and found.side


def test_the_traits_that_go_with_an_ins_of_the_dpi_are_kept() -> None:
    assert (side("dpi", None), side(None, "dpi"), side("web", "dpi")) == ("kept", "other", "other")


def test_an_ins_that_somebody_typed_proves_nothing() -> None:
    assert (side("web", None), side("dpi", "dpi"), side(None, None)) == (None, None, None)


def test_an_ins_says_nothing_of_an_address() -> None:
    assert side("dpi", None, "residence_street") is None


def test_a_used_name_typed_as_the_birth_name_is_not_the_birth_name() -> None:
    """Although it was typed last."""
    told_apart, married = named("LEMOINE", "Gauthier"), named("GAUTHIER", None)
    assert (side_of_name(told_apart, married), side_of_name(married, told_apart)) == ("kept", "other")
    assert side_of_name(named("LEMOINE", None), married) == "other"
    assert side_of_name(named("LEMOINE", "GAUTHIER"), named("GAUTHIER", "LEMOINE")) == "other"


def named(birth: str, used: str | None) -> Fiche:
    fiche = full_fiche()
    fiche.patient.answers |= {"birth_family_name": birth, "used_family_name": used}
    fiche.patient.stamps["birth_family_name"] = Stamp("web", "2026-03-01T08:00:00+00:00")
    return fiche


def side_of_name(kept: Fiche, other: Fiche) -> str:
    other.patient.stamps["birth_family_name"] = Stamp("web", "2026-04-01T08:00:00+00:00")
    return suggest(Question("birth_family_name", (kept, other), (kept.patient, other.patient))).side
