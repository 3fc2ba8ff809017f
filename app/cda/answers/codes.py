"""Our refusals among the application codes of the exchange, and as a field of a notification (ASCII only). Pure."""

from __future__ import annotations

import unicodedata

from app.cda.outcomes import SENTENCES, Code

OTHER = 906
APPLICATION_CODES = {Code.VERSION: 900, Code.TENANT: 901}
"""900 wrong version, 901 author not allowed. 902 (patient unknown), 903 (no INS), 904 (INS that does not match) and 905
(INS incomplete) are no reasons to refuse here: a patient is created, and known by other identifiers."""
LIKE = str.maketrans(
    {"’": "'", "œ": "oe", "«": '"', "»": '"', "\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "}
)


def application_code(code: Code) -> int:
    return APPLICATION_CODES.get(code, OTHER)


def error_field(code: Code) -> str:
    """« 906^E-XML Le document n'est pas… »: our own code stands first where the exchange has none."""
    ours = f"{code} " if application_code(code) == OTHER else ""
    return f"{application_code(code)}^{ours}{_ascii(SENTENCES[code].sender)}"


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text.translate(LIKE)).encode("ascii", "ignore").decode()
