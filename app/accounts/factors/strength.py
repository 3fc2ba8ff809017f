"""How much a factor proves, which ones are asked for, and when they may be changed. Pure.

The e-mail code is the guide's; stronger factors stand above it, and a hospital says the least it accepts (trap 14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Minimum = Literal["mail", "app", "passkey"]
Way = Literal["passkey", "app", "mail", "recovery"]

STRENGTH: Mapping[str, int] = {"mail": 1, "app": 2, "recovery": 2, "passkey": 3, "outside": 3}
"""A recovery code stands for the application it replaces; an identity provider proves as much as a key."""
MINIMUMS: tuple[Minimum, ...] = ("mail", "app", "passkey")
WAYS: tuple[Way, ...] = ("passkey", "app", "mail", "recovery")
"""The order in which they are proposed: the strongest first, the spare one last."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What an account has beside its password. `minimums`: what each of its hospitals demands."""

    app: bool = False
    passkeys: int = 0
    recovery_codes: int = 0
    minimums: tuple[str, ...] = ()

    @property
    def strongest(self) -> Minimum:
        if self.passkeys:
            return "passkey"
        return "app" if self.app else "mail"

    @property
    def mail_is_enough_somewhere(self) -> bool:
        return not self.minimums or "mail" in self.minimums


@dataclass(frozen=True, slots=True)
class Allowed:
    pass


@dataclass(frozen=True, slots=True)
class ProveFirst:
    """The session passed less than the strongest factor of the account, or long ago."""

    at_least: Minimum


@dataclass(frozen=True, slots=True)
class StillDemanded:
    """A hospital of the person demands this factor, and nothing else they have is enough."""

    minimum: str


def suffices(factor: str | None, minimum: str) -> bool:
    return STRENGTH.get(factor or "", 0) >= STRENGTH[minimum]


def ways(enrolled: Enrolled) -> tuple[Way, ...]:
    """The second steps offered after the password. Mail is refused once every hospital of the person demands more and
    they have more; before that, it is how they come in to add it."""
    open_ways = {
        "passkey": enrolled.passkeys > 0,
        "app": enrolled.app,
        "mail": enrolled.strongest == "mail" or enrolled.mail_is_enough_somewhere,
        "recovery": enrolled.recovery_codes > 0,
    }
    return tuple(way for way in WAYS if open_ways[way])


def ways_reaching(enrolled: Enrolled, minimum: str) -> tuple[Way, ...]:
    """Those that prove more to a person already in. A recovery code always may: the better factor may be lost."""
    return tuple(way for way in ways(enrolled) if way == "recovery" or suffices(way, minimum))


def may_change(factor: str | None, *, proved_now: bool, enrolled: Enrolled) -> Allowed | ProveFirst:
    """Nobody adds or removes a factor with less than the best one they have: a stolen mailbox must not be enough to
    enrol a key. `proved_now`: in this session, not by a browser remembered from this morning."""
    enough = factor == "recovery" or suffices(factor, enrolled.strongest)
    return Allowed() if proved_now and enough else ProveFirst(enrolled.strongest)


def may_remove(enrolled: Enrolled, left: Enrolled) -> Allowed | StillDemanded:
    """`left`: what would remain. Nobody locks themselves out of a hospital they may enter today."""
    for minimum in enrolled.minimums:
        if suffices(enrolled.strongest, minimum) and not suffices(left.strongest, minimum):
            return StillDemanded(minimum)
    return Allowed()
