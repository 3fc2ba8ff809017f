"""A hospital as the rules know it. Pure: opening one is in `open.py`, its database in `placement.py`."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Hospital:
    """`finess` are 9-character numbers; `sites` maps a site code to its short label.
    `twin_of` is the code of the hospital whose test site (recette) this one is: never counted with the others.
    `clinical_description_mixed` is the per-hospital setting of R5 (« pour certains DPI »)."""

    id: str
    code: str
    name: str
    schema: str
    role: str
    placement: str = "default"
    finess: frozenset[str] = frozenset()
    ipp_oid: str | None = None
    fetus_oid: str | None = None
    test_site: bool = False
    clinical_description_mixed: bool = False
    sites: dict[str, str] = field(default_factory=dict)
    twin_of: str | None = None

    def owns_finess(self, number: str) -> bool:
        """FINESS are compared with or without their leading type digit (I7)."""
        bare = number.strip().upper()
        return bare in self.finess or (len(bare) == 10 and bare[1:] in self.finess)

    def find_site(self, code: str | None) -> str | None:
        """A site code in our own spelling, None when the hospital has no such site (I7, case apart)."""
        wanted = (code or "").strip().casefold()
        return next((site for site in self.sites if site.casefold() == wanted), None)
