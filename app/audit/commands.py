"""`audit verify`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from app.audit.seal import Restore, read_chain, seal, verify
from app.cli import Refused, emit, json_option
from app.tenants.directory import UnknownHospital


@click.group()
def audit() -> None:
    """Le journal des actes, chaîné et ancré."""


@audit.command("verify")
@click.option("--hospital", "code", required=True, metavar="CODE", help="« control » pour le journal partagé.")
@click.option("--export", type=click.Path(dir_okay=False, path_type=Path), help="Écrire la chaîne en lignes JSON.")
@json_option
def verify_(code: str, export: Path | None, as_json: bool) -> None:
    """Sceller ce qui ne l’est pas encore, puis vérifier toute la chaîne."""
    try:
        seal(code)
        verdict = verify(code)
    except UnknownHospital as refusal:
        raise Refused(str(refusal)) from refusal
    if export:
        _write(code, export)
    emit(
        {
            "hospital": code,
            "events": verdict.events,
            "unsealed": verdict.unsealed,
            "intact": not verdict.breaches,
            "restores": [asdict(restore) for restore in verdict.restores],
            "breaches": [{"kind": breach.kind, "position": breach.position} for breach in verdict.breaches],
        },
        as_json=as_json,
    )
    for restore in verdict.restores:
        click.echo(_sentence(code, restore), err=True)
    if verdict.breaches:
        raise Refused(
            f"Le journal de {code} a été modifié, à partir de l’événement {verdict.breaches[0].position} : "
            "conserver la base en l’état et prévenir le responsable de la sécurité."
        )


def _sentence(code: str, restore: Restore) -> str:
    whose = "le journal a continué" if restore.kept else "le journal est celui de la sauvegarde"
    lost = f", au moins {restore.lost} traces d’alors ne sont plus là" if restore.lost else ""
    return f"{code} a été restauré le {restore.at} dans l’état du {restore.made_at} : {whose}{lost}."


def _write(code: str, export: Path) -> None:
    events, anchors, _ = read_chain(code)
    rows = [*events, *({"anchor": anchor} for anchor in anchors)]
    export.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
