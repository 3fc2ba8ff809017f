"""The migration makes, in SQL, the very lines that keeping the fiches makes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import util
from types import ModuleType

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.operations.demo.populate import populate
from app.tenants import migrations
from app.tenants.bind import hospital_session
from app.tenants.hospital import Hospital
from app.tenants.placement import placed
from tests.saving import RUTH, SITES, Desk

MADE = {
    "listed": "select * from listed order by fiche_id, site",
    "listed_count": "select site, quality, sum(number) from listed_count group by 1, 2 order by 1, 2",
    "acted_on": "select email, fiche_id, created from acted_on order by 1, 2",
    "followed_by": "select * from followed_by order by 1, 2",
    "fiche_words": "select * from fiche_words order by 1",
}
RPPS = "10002673894"
NAMES = (
    ("D’Été-Martin", "Lœtitia"),
    ("de la TOUR d'Auvergne", "Jean-Marie"),
    ("Groß", "Łukasz"),
    ("N’Diaye (dit Sam)", "Æsa"),
    ("", ""),
)


def test_the_migration_makes_what_keeping_makes(open_hospital_for_test: Callable[..., Hospital]) -> None:
    hospital = open_hospital_for_test(sites=SITES)
    for _ in populate(hospital, 60, date(2026, 1, 1)):
        pass
    with hospital_session(hospital.code) as session:
        _type_some(Desk(session, hospital))
        kept = _made(session)
    with placed().owner.begin() as owner:
        owner.exec_driver_sql(f'set local search_path = "{hospital.schema}"')
        owner.exec_driver_sql(f"truncate {', '.join(MADE)}")
        for part in (_migration().NAMES, _migration().LINES, _migration().WORDS.split("insert into name_word")[0]):
            migrations.send(owner, part)
    with hospital_session(hospital.code) as session:
        made = _made(session)
    for table in MADE:
        assert made[table] == kept[table], table


def _type_some(desk: Desk) -> None:
    for family, given in NAMES:
        fiche_id = desk.save(RUTH | {"birth_family_name": family, "birth_first_given_name": given}).fiche_id
        care = {"care_site_id": "S002", "referring_doctor_name": f"Dr {given} {family}", "inclusion_date": "2020"}
        taken = desk.save(care, "prise_en_charge", fiche_id).block_id
        if given:
            after = {"referring_doctor_name": "Pr Anne Remplaçante", "referring_doctor_rpps": RPPS}
            desk.save(after, "prise_en_charge", fiche_id, taken)
        desk.save({"activity_site_id": "s002", "activity_date": "2024-03"}, "activite", fiche_id)
        desk.save({"used_family_name": family or "Sans"}, fiche=fiche_id)


def _made(session: Session) -> dict[str, list[tuple[object, ...]]]:
    return {table: [tuple(row) for row in session.execute(text(asked))] for table, asked in MADE.items()}


def _migration() -> ModuleType:
    (path,) = migrations.TENANT.glob("0006_*.py")
    spec = util.spec_from_file_location("lists_migration", path)
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
