"""The life of an account: for each act and each state, where it leads or why it cannot be. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """`registered`: the address is not confirmed yet; `confirmed`: a decision is awaited."""

    REGISTERED = "registered"
    CONFIRMED = "confirmed"
    ACTIVE = "active"
    REFUSED = "refused"
    SUSPENDED = "suspended"


class Act(StrEnum):
    """What can be done to an account, under the name it has in the audit."""

    APPROVE = "registration:approve"
    REFUSE = "registration:refuse"
    RESEND = "registration:resend"
    CHANGE_SITES = "account:change_sites"
    SUSPEND = "account:suspend"
    REACTIVATE = "account:reactivate"
    UNLOCK = "account:unlock"
    RESET_FACTORS = "account:reset_factors"
    GRANT_ROLE = "role:grant"
    WITHDRAW_ROLE = "role:withdraw"


class Reason(StrEnum):
    """Why an act cannot be; `sentences` says it."""

    NOT_CONFIRMED = "not_confirmed"
    ALREADY_CONFIRMED = "already_confirmed"
    NOT_DECIDED = "not_decided"
    ALREADY_ACTIVE = "already_active"
    ALREADY_REFUSED = "already_refused"
    ALREADY_SUSPENDED = "already_suspended"
    IS_SUSPENDED = "is_suspended"
    ONESELF = "oneself"
    NO_LONGER_ENTITLED = "no_longer_entitled"
    SEVERAL_HOSPITALS = "several_hospitals"
    WORKS_ELSEWHERE = "works_elsewhere"
    NATION_ONLY = "nation_only"
    NO_SITE = "no_site"
    LAST_SITE = "last_site"
    UNKNOWN_SITE = "unknown_site"
    CLOSED_SITE = "closed_site"
    NOT_LOCKED = "not_locked"
    NO_FACTOR = "no_factor"
    UNKNOWN_ROLE = "unknown_role"
    CLINICIAN_WITHOUT_SITE = "clinician_without_site"
    ROLE_ALREADY_HELD = "role_already_held"
    ROLE_NOT_HELD = "role_not_held"


LIFE: Mapping[Act, Mapping[State, State | Reason]] = {
    Act.APPROVE: {
        State.REGISTERED: Reason.NOT_CONFIRMED,
        State.CONFIRMED: State.ACTIVE,
        State.ACTIVE: Reason.ALREADY_ACTIVE,
        State.REFUSED: State.ACTIVE,
        State.SUSPENDED: Reason.IS_SUSPENDED,
    },
    Act.REFUSE: {
        State.REGISTERED: Reason.NOT_CONFIRMED,
        State.CONFIRMED: State.REFUSED,
        State.ACTIVE: Reason.ALREADY_ACTIVE,
        State.REFUSED: Reason.ALREADY_REFUSED,
        State.SUSPENDED: Reason.ALREADY_SUSPENDED,
    },
    Act.RESEND: {
        State.REGISTERED: State.REGISTERED,
        State.CONFIRMED: Reason.ALREADY_CONFIRMED,
        State.ACTIVE: Reason.ALREADY_CONFIRMED,
        State.REFUSED: Reason.ALREADY_CONFIRMED,
        State.SUSPENDED: Reason.ALREADY_CONFIRMED,
    },
    Act.CHANGE_SITES: {
        State.REGISTERED: Reason.NOT_CONFIRMED,
        State.CONFIRMED: State.CONFIRMED,
        State.ACTIVE: State.ACTIVE,
        State.REFUSED: Reason.ALREADY_REFUSED,
        State.SUSPENDED: State.SUSPENDED,
    },
    Act.SUSPEND: {
        State.REGISTERED: Reason.NOT_CONFIRMED,
        State.CONFIRMED: Reason.NOT_DECIDED,
        State.ACTIVE: State.SUSPENDED,
        State.REFUSED: Reason.ALREADY_REFUSED,
        State.SUSPENDED: Reason.ALREADY_SUSPENDED,
    },
    Act.REACTIVATE: {
        State.REGISTERED: Reason.NOT_CONFIRMED,
        State.CONFIRMED: Reason.NOT_DECIDED,
        State.ACTIVE: Reason.ALREADY_ACTIVE,
        State.REFUSED: Reason.ALREADY_REFUSED,
        State.SUSPENDED: State.ACTIVE,
    },
    Act.UNLOCK: {
        State.REGISTERED: Reason.NOT_CONFIRMED,
        State.CONFIRMED: Reason.NOT_DECIDED,
        State.ACTIVE: State.ACTIVE,
        State.REFUSED: Reason.ALREADY_REFUSED,
        State.SUSPENDED: Reason.IS_SUSPENDED,
    },
    Act.RESET_FACTORS: {
        State.REGISTERED: Reason.NOT_CONFIRMED,
        State.CONFIRMED: Reason.NOT_DECIDED,
        State.ACTIVE: State.ACTIVE,
        State.REFUSED: Reason.ALREADY_REFUSED,
        State.SUSPENDED: Reason.IS_SUSPENDED,
    },
    Act.GRANT_ROLE: {
        State.REGISTERED: Reason.NOT_CONFIRMED,
        State.CONFIRMED: Reason.NOT_DECIDED,
        State.ACTIVE: State.ACTIVE,
        State.REFUSED: Reason.ALREADY_REFUSED,
        State.SUSPENDED: Reason.IS_SUSPENDED,
    },
    Act.WITHDRAW_ROLE: {
        State.REGISTERED: Reason.NOT_CONFIRMED,
        State.CONFIRMED: Reason.NOT_DECIDED,
        State.ACTIVE: State.ACTIVE,
        State.REFUSED: Reason.ALREADY_REFUSED,
        State.SUSPENDED: State.SUSPENDED,
    },
}
"""Every cell is filled: a state, the one it leads to, or the reason that the greyed button gives."""
