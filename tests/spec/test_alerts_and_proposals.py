"""What waits for a person: identity alerts (I2 to I6) and proposals (U4, P2)."""

from __future__ import annotations

import pytest

from app.fiches.alerts import add_alerts, close_alerts, open_alerts
from app.fiches.edit import EditRefused
from app.fiches.models import identity_alert
from app.fiches.proposals import add_proposals, answer_proposal, open_proposals
from app.fiches.record import Alert, Proposal
from app.fiches.store import StoredFiches
from tests.saving import MARTIN, RUTH, Desk


@pytest.fixture
def two(desk: Desk) -> tuple[Desk, str, str]:
    return desk, desk.save(RUTH).fiche_id, desk.save(RUTH).fiche_id


class TestAlerts:
    def test_an_open_alert_is_not_raised_twice_from_either_side(self, two: tuple[Desk, str, str]) -> None:
        desk, one, other = two
        add_alerts(desk.session, None, one, [Alert("possible_duplicate", "a", other)])
        add_alerts(desk.session, None, one, [Alert("possible_duplicate", "a", other)])
        add_alerts(desk.session, None, other, [Alert("possible_duplicate", "a", one)])
        assert len(open_alerts(desk.session)) == 1

    def test_another_kind_or_another_fiche_is_another_alert(self, two: tuple[Desk, str, str]) -> None:
        desk, one, other = two
        add_alerts(desk.session, None, one, [Alert("possible_duplicate", "a", other), Alert("discordant_traits", "b")])
        add_alerts(desk.session, None, None, [Alert("discordant_traits", "b", fiche_id=other)])
        assert [(alert.kind, alert.fiche_id) for alert in open_alerts(desk.session)] == [
            ("possible_duplicate", one),
            ("discordant_traits", one),
            ("discordant_traits", other),
        ]

    def test_a_closed_alert_may_be_raised_again(self, two: tuple[Desk, str, str]) -> None:
        desk, one, other = two
        for _ in range(2):
            add_alerts(desk.session, None, one, [Alert("shared_identifier", "a", other)])
            (alert,) = open_alerts(desk.session, other)
            close_alerts(desk.session, identity_alert.c.id == alert.id, MARTIN.email, "dismissed")
        assert open_alerts(desk.session) == []


class TestProposals:
    @pytest.fixture
    def proposed(self, desk: Desk) -> tuple[Desk, str, int]:
        """U4: the DPI emptied the name in use; ours is kept until somebody answers."""
        fiche_id = desk.save(RUTH | {"used_family_name": "DECOURCY"}).fiche_id
        for _ in range(2):
            proposal = Proposal("emptied", "patient", fiche_id, "used_family_name")
            add_proposals(desk.session, None, fiche_id, [proposal])
        (waiting,) = open_proposals(desk.session, fiche_id)
        return desk, fiche_id, waiting.id

    @pytest.mark.parametrize(("accepted", "kept"), [(True, None), (False, "DECOURCY")])
    def test_U4_accepting_empties_the_item_dismissing_keeps_it(
        self, proposed: tuple[Desk, str, int], accepted: bool, kept: str | None
    ) -> None:
        desk, fiche_id, proposal_id = proposed
        answer_proposal(desk.session, fiche_id, proposal_id, accepted=accepted, by=MARTIN)
        assert desk.read(fiche_id).patient.answers.get("used_family_name") == kept
        assert open_proposals(desk.session, fiche_id) == []

    def test_it_is_answered_once(self, proposed: tuple[Desk, str, int]) -> None:
        desk, fiche_id, proposal_id = proposed
        answer_proposal(desk.session, fiche_id, proposal_id, accepted=False, by=MARTIN)
        with pytest.raises(EditRefused, match="déjà reçu une réponse"):
            answer_proposal(desk.session, fiche_id, proposal_id, accepted=True, by=MARTIN)
        assert StoredFiches(desk.session).read(fiche_id).patient.answers["used_family_name"] == "DECOURCY"
