"""`make reset`: forgets the demo data kept under BAMARA_HOME; the secrets and the logs stay."""

from __future__ import annotations

import shutil
import sys

from app.config import BadSettings, Settings
from app.operations import instance
from app.operations.prepare import DEMO_MARK

FORGOTTEN = ("postgresql", "valkey", "mailbox")


def main() -> None:
    try:
        print(reset(Settings.from_environment()))
    except (BadSettings, Refused) as refusal:
        sys.exit(str(refusal))


class Refused(Exception):
    """Nothing was forgotten; the sentence is French."""


def reset(settings: Settings) -> str:
    """Raises Refused while BaMaRa runs, for an external database, and outside the demo."""
    if settings.mode != "demo" or settings.database_url:
        raise Refused("make reset n’oublie que la démonstration et ses serveurs embarqués : rien n’a été effacé.")
    try:
        with instance.held(settings.home):
            instance.end_leftovers(settings.home)
            for name in FORGOTTEN:
                shutil.rmtree(settings.home / name, ignore_errors=True)
            (settings.home / DEMO_MARK).unlink(missing_ok=True)
    except instance.AlreadyRunning as running:
        raise Refused(f"{running} L’arrêter d’abord : rien n’a été effacé.") from running
    return f"La démonstration de {settings.home} est oubliée ; make run en crée une neuve."


if __name__ == "__main__":
    main()
