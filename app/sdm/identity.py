"""Who a patient is: identifiers, their comparison (I7), the traits and the IdMR (I3)."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from app.sdm.answers import tells_the_day

IdentifierKind = Literal["ins", "ins_c", "ipp", "idmr", "fetus_id", "former_fetus_id", "source_id"]

INS_ROOTS = {
    "1.2.250.1.213.1.4.8": "INS-NIR",
    "1.2.250.1.213.1.4.9": "INS-NIA",
    "1.2.250.1.213.1.4.10": "INS-NIR de test",
    "1.2.250.1.213.1.4.11": "INS-NIR de démonstration",
}
TEST_INS_ROOTS = frozenset({"1.2.250.1.213.1.4.10", "1.2.250.1.213.1.4.11"})
INS_C_ROOTS = frozenset({"1.2.250.1.213.1.4.2", "1.2.250.1.213.1.4.6", "1.2.250.1.213.1.4.7"})
TEST_INS_C_ROOTS = frozenset({"1.2.250.1.213.1.4.6", "1.2.250.1.213.1.4.7"})


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier as it was received. `lookup` is what two identifiers are compared on."""

    kind: IdentifierKind
    root: str
    extension: str

    @property
    def lookup(self) -> str:
        """Trimmed, case-insensitive; the INS on its 13 significant characters whatever its root (I7).
        A former fetus id is compared with fetus ids: it is the same number after birth (I8)."""
        extension = self.extension.strip().casefold()
        if self.kind == "ins":
            return f"ins:{''.join(extension.split())[:13]}"
        if self.kind == "ins_c":
            return f"ins_c:{extension}"
        kind = "fetus" if self.kind in ("fetus_id", "former_fetus_id") else self.kind
        return f"{kind}:{self.root.strip().casefold()}|{extension}"


TRAITS = ("birth_family_name", "birth_first_given_name", "sex", "birth_date")


def compute_idmr(patient: Mapping[str, Any]) -> str | None:
    """The IdMR of a patient's answers: 20 digits, or None when a trait is missing, the birth date partial
    or the sex unknown (I3). Its inputs can be guessed: it never leaves the hospital."""
    family, given = (normalise_name(patient.get(trait) or "") for trait in TRAITS[:2])
    sex, birth_date = (patient.get("sex") or {}).get("code"), patient.get("birth_date") or ""
    if not (family and given and sex in ("F", "M") and tells_the_day(birth_date)):
        return None
    digest = hashlib.sha256(f"{family}|{given}|{sex}|{birth_date}".encode()).digest()
    return str(int.from_bytes(digest[:16], "big") % 10**20).zfill(20)


def normalise_name(name: str) -> str:
    """Upper case, no accents, ligatures opened, hyphens, apostrophes and spaces removed:
    « Lœtitia d’Été » → LOETITIADETE."""
    opened = name.upper().replace("Œ", "OE").replace("Æ", "AE")
    decomposed = unicodedata.normalize("NFKD", opened)
    return "".join(letter for letter in decomposed if letter.isalnum())


def ins_key_is_valid(ins: str) -> bool:
    """The two-digit key of a 15-character INS (Corsica: 2A counts as 19, 2B as 18). A wrong key is a warning (I7)."""
    number = "".join(ins.split()).upper()
    if len(number) != 15:
        return len(number) == 13
    department = {"2A": "19", "2B": "18"}.get(number[5:7], number[5:7])
    body = number[:5] + department + number[7:13]
    return body.isdigit() and number[13:].isdigit() and 97 - int(body) % 97 == int(number[13:])
