"""Countries by their ISO 3166-1 code of two letters: the INSEE's `v_pays_territoire_YYYY.csv` (with the codes 99xxx
that birth numbers carry), or a plain list `id, value` (formats.md §1)."""

from __future__ import annotations

from app.terminology.concepts import Concept, Staged
from app.terminology.formats.files import SourceFile
from app.terminology.formats.tables import header_of, rows_of

INSEE = ("COG", "LIBCOG", "CODEISO2")
PLAIN = ("id", "value")


def read(file: SourceFile) -> list[Staged]:
    """Raises BadFile."""
    staged = Staged("countries", "countries", "", "Licence Ouverte 2.0 (INSEE)")
    if INSEE[2] in header_of(file):
        for row in rows_of(file, INSEE):
            if row["CODEISO2"].strip() and row.get("ACTUAL", "1").strip() == "1":
                code, cog = row["CODEISO2"].strip(), row["COG"].strip()
                staged.add(Concept(code, row.get("LIBENR") or row["LIBCOG"], "country", detail={"cog": cog}))
    else:
        for row in rows_of(file, PLAIN):
            staged.add(Concept(row["id"].strip(), row["value"].strip(), "country"))
    return [staged]
