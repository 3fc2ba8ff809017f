"""`hospitals backup`, `hospitals restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.cli import Refused, emit, json_option
from app.config import current_settings
from app.operations.backup.make import back_up
from app.operations.backup.refusals import CannotBackUp, CannotRestore
from app.operations.backup.restore import Restored
from app.operations.backup.restore import restore as restore_file
from app.tenants.directory import UnknownHospital
from app.tenants.upgrade import UpgradeUnderWay

RIGHTS = ("account_role", "account_site")
LOST_DOCUMENTS = (
    "{} documents reçus depuis la sauvegarde ne sont plus là, alors qu’ils avaient été acquittés : "
    "les faire renvoyer, à partir du premier d’entre eux, reçu le {}."
)
LOST_TRACES = (
    "{} traces au moins du journal d’audit, postérieures à la sauvegarde, ne sont plus là : « audit verify » le dira "
    "désormais."
)
LEFT_RIGHTS = "{} droits n’ont pas été rendus, leurs comptes n’existant pas ici : les donner par « users create »."
CLOSED_CHANNELS = "{} boîtes ou dossiers n’ont pas été rouverts : les ouvrir par « channels add »."


@click.command()
@click.argument("code")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Remplacer le fichier s’il existe.")
@json_option
def backup(code: str, file: Path, replace: bool, as_json: bool) -> None:
    """Sauvegarder un établissement dans un fichier, sans l’interrompre."""
    try:
        made = back_up(code, file, current_settings().secret_key, replace=replace)
    except (UnknownHospital, CannotBackUp) as refusal:
        raise Refused(str(refusal)) from refusal
    manifest = made.manifest
    emit(
        {
            "hospital": code,
            "file": str(file),
            "bytes": made.size,
            "made_at": manifest.made_at,
            "revision": manifest.revision,
            "tables": len(manifest.parts),
            "rows": manifest.rows,
            "fiches": manifest.rows_of("fiche"),
            "documents": manifest.rows_of("received_document"),
        },
        as_json=as_json,
    )


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--other-key", is_flag=True, help="Accepter un fichier fait sous une autre BAMARA_SECRET_KEY.")
@click.option("--with-channels", is_flag=True, help="Relire aussi les boîtes et dossiers d’un établissement rouvert.")
@json_option
def restore(file: Path, other_key: bool, with_channels: bool, as_json: bool) -> None:
    """Remettre un établissement dans l’état d’une sauvegarde ; les autres ne sont pas touchés."""
    try:
        secret_key = current_settings().secret_key
        restored = restore_file(file, secret_key, other_key=other_key, with_channels=with_channels)
    except (CannotRestore, UpgradeUnderWay) as refusal:
        raise Refused(str(refusal)) from refusal
    emit(_line(restored, file), as_json=as_json)
    for sentence in _to_do(restored):
        click.echo(sentence, err=True)


def join(hospitals: click.Group) -> None:
    """The hospitals' own commands do not know us."""
    for command in (backup, restore):
        hospitals.add_command(command)


def _line(restored: Restored, file: Path) -> dict[str, Any]:
    manifest = restored.manifest
    return {
        "hospital": manifest.code,
        "file": str(file),
        "made_at": manifest.made_at,
        "revision": restored.revision,
        "rows": manifest.rows,
        "fiches": manifest.rows_of("fiche"),
        "documents": manifest.rows_of("received_document"),
        "opened_again": restored.opened_again,
        "lost_documents": restored.lost_documents,
        "lost_since": _moment(restored),
        "traces_kept": restored.traces.kept,
        "lost_traces": restored.traces.lost,
        "left_out": {table: rows for table, rows in restored.left_out.items() if rows},
    }


def _to_do(restored: Restored) -> list[str]:
    lost, rights = restored.traces.lost, sum(restored.left_out.get(table, 0) for table in RIGHTS)
    said = (
        (restored.lost_documents, LOST_DOCUMENTS.format(restored.lost_documents, _moment(restored))),
        (lost, LOST_TRACES.format(lost)),
        (rights, LEFT_RIGHTS.format(rights)),
        (restored.closed_channels, CLOSED_CHANNELS.format(restored.closed_channels)),
    )
    return [sentence for number, sentence in said if number]


def _moment(restored: Restored) -> str | None:
    return restored.lost_since.isoformat(timespec="seconds") if restored.lost_since else None
