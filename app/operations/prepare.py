"""Before the processes start: migrations, the refusals that need the database (E5), then the demo, once."""

from __future__ import annotations

import sys
from pathlib import Path

from sqlalchemy import Connection, text

from app import connect
from app.cda import official
from app.config import BadSettings, Settings
from app.log import configure_log
from app.operations import lifeline
from app.operations.demo.create import create_demo
from app.tenants.bind import shared_session
from app.tenants.check import check_all
from app.tenants.placement import all_placements
from app.tenants.upgrade import UpgradeUnderWay, upgrade_all, upgrade_shared

DEMO_MARK = "demo-created"


def main() -> None:
    try:
        settings = Settings.from_environment()
        configure_log(as_json=settings.mode == "production")
        lifeline.tie()
        connect(settings)
        prepare(settings)
    except (BadSettings, UpgradeUnderWay) as refusal:
        sys.exit(str(refusal))


def prepare(settings: Settings) -> None:
    """Safe to call at every start. Raises BadSettings."""
    official.load(settings)
    upgrade_shared()
    upgrade_all()
    if settings.mode == "production":
        _refuse_a_superuser(settings)
        _refuse_a_drifted_hospital()
    if settings.mode == "demo":
        _create_demo_once(settings)


def _refuse_a_superuser(settings: Settings) -> None:
    """Neither the login that serves requests nor the owner that migrates needs it. The embedded server, which listens
    to this machine alone, belongs to its owner: that one is let through."""
    with shared_session() as session:
        if session.execute(text(f"select rolsuper or rolbypassrls {OURSELVES}")).scalar_one():
            raise BadSettings(SUPERUSER.format(who="le compte de l’application", rights="nosuperuser nobypassrls"))
    for place in all_placements().values():
        with place.owner.connect() as owner:
            superuser = owner.execute(text(f"select rolsuper {OURSELVES}")).scalar_one()
            if superuser and not _embedded(owner, settings):
                who = f"le propriétaire de la base « {place.database} »"
                raise BadSettings(SUPERUSER.format(who=who, rights="nosuperuser createrole"))


OURSELVES = "from pg_roles where rolname = session_user"
SUPERUSER = (
    "BaMaRa refuse de démarrer : {who} est superutilisateur de PostgreSQL. Le lui retirer (alter role … {rights})."
)


def _embedded(owner: Connection, settings: Settings) -> bool:
    folder = Path(owner.execute(text("show data_directory")).scalar_one()).resolve()
    return folder.is_relative_to(settings.home.resolve())


def _refuse_a_drifted_hospital() -> None:
    drifted = [check.hospital for check in check_all() if not check.current]
    if drifted:
        raise BadSettings(
            f"BaMaRa refuse de démarrer : le schéma de {', '.join(drifted)} n’est pas celui attendu. "
            "Lancer « flask --app wsgi hospitals upgrade », puis « hospitals check »."
        )


def _create_demo_once(settings: Settings) -> None:
    """The mark is left once the demo is whole: a creation that was interrupted is taken up at the next start."""
    mark = settings.home / DEMO_MARK
    if not mark.exists():
        create_demo()
        mark.touch()


if __name__ == "__main__":
    main()
