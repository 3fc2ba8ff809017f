"""The address of a list: which list, in which order, from where. It names nobody (D3). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from app.fiches.lists.filters import IN_THE_ADDRESS

LISTS = ("site", "mes-fiches", "hopital")
SORTS = ("nom", "naissance", "inclusion", "activite", "modifiee")
A_NEW_LIST = {"apres": None, "avant": None}


class NoSuchList(LookupError):
    """No list of ours has this address."""


@dataclass(frozen=True, slots=True)
class Address:
    """`tri` is a name of pages.SORTS, behind a hyphen the other way round; `vue` the id of saved filters; `apres` and
    `avant` ids of the fiches the page turned at."""

    liste: str
    etat: str | None = None
    source: str | None = None
    tri: str | None = None
    vue: str | None = None
    apres: str | None = None
    avant: str | None = None

    @property
    def sort(self) -> str:
        return (self.tri or "nom").removeprefix("-")

    @property
    def descending(self) -> bool:
        return (self.tri or "").startswith("-")

    @property
    def filters(self) -> dict[str, str]:
        return {name: word for name in IN_THE_ADDRESS if (word := getattr(self, name))}

    def at(self, **changes: str | None) -> dict[str, str]:
        """The arguments of another address; going elsewhere than to the next page begins at the first one."""
        given = {**{name: getattr(self, name) for name in WORDS}, **A_NEW_LIST, **changes}
        return {name: value for name, value in given.items() if value}

    def sorted_by(self, sort: str) -> dict[str, str]:
        """By that column; the other way round when the list is sorted by it already."""
        again = self.sort == sort and not self.descending
        return self.at(tri=f"-{sort}" if again else sort)


WORDS = tuple(one.name for one in fields(Address))


def read_address(given: Mapping[str, str], *, has_site: bool) -> Address:
    """Raises NoSuchList."""
    liste = given.get("liste") or ("site" if has_site else "hopital")
    words = {name: given.get(name) or None for name in ("etat", "source", "tri", "vue", "apres", "avant")}
    address = Address(liste, **words)
    known = all(word is None or word in IN_THE_ADDRESS[name] for name, word in address.filters.items())
    if not known or liste not in LISTS or (liste == "site" and not has_site) or address.sort not in SORTS:
        raise NoSuchList(liste)
    return address
