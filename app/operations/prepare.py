"""Before the processes start: migrations, the refusals that need the database (E5), then the demo, once."""

from __future__ import annotations

import sys

from sqlalchemy import text

from app import connect
from app.config import BadSettings, Settings
from app.log import configure_log
from app.operations import lifeline
from app.operations.demo.create import create_demo
from app.tenants.bind import shared_session
from app.tenants.check import check_all
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
    upgrade_shared()
    upgrade_all()
    if settings.mode == "production":
        _refuse_a_superuser()
        _refuse_a_drifted_hospital()
    if settings.mode == "demo":
        _create_demo_once(settings)


def _refuse_a_superuser() -> None:
    with shared_session() as session:
        superuser = session.execute(text("select rolsuper or rolbypassrls from pg_roles where rolname = session_user"))
        if superuser.scalar_one():
            raise BadSettings(
                "BaMaRa refuse de démarrer : le compte de l’application est superutilisateur de PostgreSQL. "
                "Lui retirer ce droit (alter role … nosuperuser nobypassrls)."
            )


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
