"""What a decision changes: each asks the rule, is audited, and posts its letter, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.accounts.approval import subject as subjects
from app.accounts.approval.cut_off import cut_off
from app.accounts.approval.rules import Allowed, Decider, Refused, Subject, may
from app.accounts.approval.states import Act, State
from app.accounts.factors.enrolled import forget_factors
from app.accounts.links import one_use
from app.accounts.mail import account_letters, outbox
from app.accounts.mail.outbox import Letter
from app.accounts.registration.sites import LABELS_ASKED
from app.accounts.sign_in import attempts
from app.audit import record_shared
from app.config import current_settings
from app.languages import speaking
from app.tenants.bind import shared_session


@dataclass(frozen=True, slots=True)
class Done:
    account_id: str


@dataclass(frozen=True, slots=True)
class NotThere:
    """The account does not exist, or not for this decider."""


Outcome = Done | Refused | NotThere
Change = Callable[[Session, Subject], None]


def approve(by: Decider, account_id: str) -> Outcome:
    """The account opens, as a clinician of each hospital of its sites; the person is told."""
    return _act(by, Act.APPROVE, account_id, _open(by))


def refuse(by: Decider, account_id: str, reason: str) -> Outcome:
    """`reason` is what the person reads."""
    return _act(by, Act.REFUSE, account_id, _turn_down(by, reason))


def resend_confirmation(by: Decider, account_id: str) -> Outcome:
    """Raises one_use.TooManyLinks."""
    return _act(by, Act.RESEND, account_id, _send_confirmation)


def suspend(by: Decider, account_id: str) -> Outcome:
    return _act(by, Act.SUSPEND, account_id, lambda session, subject: cut_off(session, subject.id))


def reactivate(by: Decider, account_id: str) -> Outcome:
    return _act(by, Act.REACTIVATE, account_id, _nothing_more)


def unlock(by: Decider, account_id: str) -> Outcome:
    return _act(by, Act.UNLOCK, account_id, _forget_attempts)


def reset_factors(by: Decider, account_id: str) -> Outcome:
    """For who lost their telephone: the code by mail is left, open sessions end."""
    return _act(by, Act.RESET_FACTORS, account_id, _forget_factors)


def record_act(session: Session, by: Decider, act: Act, subject: Subject, **detail: Any) -> None:
    """In the journal of the one hospital concerned; in no hospital's when there are several: none names another (C11).
    `subject` holds what the act adds, too."""
    hospitals = sorted(hospital for hospital in subject.hospitals if hospital)
    where = by.hospital or (hospitals[0] if len(hospitals) == 1 else None)
    hospital_id = session.execute(_HOSPITAL_ID, {"code": where}).scalar() if where else None
    told = {"account": subject.id, **detail}
    record_shared(session, actor=by.actor, action=act.value, hospital_id=hospital_id, detail=told)


def _act(by: Decider, act: Act, account_id: str, change: Change) -> Outcome:
    with shared_session() as session:
        decider = subjects.hold(session, by, account_id)
        subject = subjects.read_subject(session, decider, account_id)
        if subject is None:
            return NotThere()
        match may(decider, act, subject):
            case Refused() as refused:
                return refused
            case Allowed(becomes):
                _become(session, subject, becomes)
                change(session, subject)
                record_act(session, decider, act, subject)
    return Done(account_id)


def _become(session: Session, subject: Subject, state: State) -> None:
    if state is not subject.state:
        session.execute(_SET_STATE, {"id": subject.id, "state": state.value})


def _open(by: Decider) -> Change:
    def change(session: Session, subject: Subject) -> None:
        session.execute(_DECIDED, {"id": subject.id, "by": by.id, "reason": None})
        session.execute(_MAKE_CLINICIAN, {"id": subject.id})
        _tell(session, subject, account_letters.activated_letter)

    return change


def _turn_down(by: Decider, reason: str) -> Change:
    def change(session: Session, subject: Subject) -> None:
        session.execute(_DECIDED, {"id": subject.id, "by": by.id, "reason": reason})
        _tell(session, subject, lambda: account_letters.refused_letter(reason))

    return change


def _send_confirmation(session: Session, subject: Subject) -> None:
    token = one_use.make_link(session, one_use.CONFIRM_ADDRESS, subject.id)
    asked = session.execute(_ASKED, {"id": subject.id}).one()
    letter = account_letters.confirm_address_letter
    _tell(session, subject, lambda: letter(token, asked.name, asked.sites), one_use.CONFIRM_ADDRESS)


def _forget_attempts(session: Session, subject: Subject) -> None:
    email = session.execute(_RECIPIENT, {"id": subject.id}).one().email
    attempts.forget_attempts(session, current_settings().secret_key, email)
    one_use.end_links(session, subject.id)


def _forget_factors(session: Session, subject: Subject) -> None:
    forget_factors(session, subject.id)
    cut_off(session, subject.id)


def _nothing_more(session: Session, subject: Subject) -> None:
    """The state says it all."""


def _tell(session: Session, subject: Subject, letter: Callable[[], Letter], purpose: str = "") -> None:
    person = session.execute(_RECIPIENT, {"id": subject.id}).one()
    with speaking(person.language):
        outbox.post(session, person.email, letter(), purpose)


_HOSPITAL_ID = text("select id from control.hospital where code = :code")
_SET_STATE = text("update control.account set state = :state where id = :id")
_DECIDED = text("""
    update control.account set decided_at = now(), decided_by = :by, refusal_reason = :reason where id = :id
""")
_MAKE_CLINICIAN = text("""
    insert into control.account_role (account_id, role, hospital_id)
    select distinct account_id, 'clinician', hospital_id from control.account_site where account_id = :id
    on conflict do nothing
""")
_RECIPIENT = text("select email, language from control.account where id = :id")
_ASKED = text(f"""
    select concat_ws(' ', a.given_name, a.family_name) as name, {LABELS_ASKED} as sites
    from control.account a where a.id = :id
""")
