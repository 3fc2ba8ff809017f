"""Communes as the INSEE publishes them: `v_commune_YYYY.csv`, `v_commune_comer` (overseas collectivities) and
`v_commune_depuis_1943.csv` (formats.md §3.6).

A code is not unique across kinds: a former commune that gave its code to the new one is only another name of it; one
that kept a code of its own leads to the commune it stands in. Only communes and arrondissements are chosen."""

from __future__ import annotations

from collections.abc import Iterable

from app.terminology.concepts import Concept, Name, Redirect, Staged
from app.terminology.formats.files import SourceFile
from app.terminology.formats.tables import Row, header_of, rows_of

LICENCE = "Licence Ouverte 2.0 (INSEE)"
KINDS = {"COM": "commune", "ARM": "arrondissement", "COMD": "former", "COMA": "former"}
COLUMNS = ("TYPECOM", "COM", "DEP", "LIBELLE", "COMPARENT")
OVERSEAS = ("COM_COMER", "LIBELLE")
SINCE_1943 = ("COM", "LIBELLE", "DATE_DEBUT", "DATE_FIN")


def read(file: SourceFile) -> list[Staged]:
    """Raises BadFile."""
    header = header_of(file)
    if OVERSEAS[0] in header:
        return [_overseas(rows_of(file, OVERSEAS))]
    if SINCE_1943[3] in header:
        return [_since_1943(rows_of(file, SINCE_1943))]
    staged = Staged("cog", "communes", "", LICENCE)
    former = []
    for row in rows_of(file, COLUMNS):
        if KINDS.get(row["TYPECOM"]) == "former":
            former.append((row["COM"], row["LIBELLE"], row["COMPARENT"]))
        elif row["TYPECOM"] in KINDS:
            kind, detail = KINDS[row["TYPECOM"]], {"department": row["DEP"]}
            staged.add(Concept(row["COM"], row["LIBELLE"], kind, detail=detail))
    add_former(staged, former)
    return [staged]


def add_former(staged: Staged, former: Iterable[tuple[str, str, str]]) -> None:
    """(code, name, commune it stands in): under its own code when no commune has it, else as a name of the commune."""
    for code, label, commune in former:
        if holder := staged.concepts.get(code):
            if holder.label != label:
                holder.names.append(Name(label, kind="former"))
        else:
            staged.add(
                Concept(code, label, "former", active=False, selectable=False, redirects=[Redirect(commune, "merged")])
            )


def _overseas(rows: Iterable[Row]) -> Staged:
    staged = Staged("cog", "overseas", "", LICENCE)
    for row in rows:
        code = row["COM_COMER"]
        staged.add(Concept(code, row["LIBELLE"], "commune", detail={"department": code[:3]}))
    return staged


def _since_1943(rows: Iterable[Row]) -> Staged:
    """The names that communes had, for births of before; where a code is no longer used, see the redirections."""
    staged = Staged("cog", "names since 1943", "", LICENCE)
    staged.names = [(row["COM"], Name(row["LIBELLE"], kind="former")) for row in rows if row["DATE_FIN"].strip()]
    return staged
