"""`fiches merge`, `fiches unmerge`, `fiches rebuild`: added to the commands of the fiche."""

from __future__ import annotations

import click

from app.cli import Refused, emit, json_option
from app.fiches.commands import hospital_option, named, opened, print_fiche
from app.fiches.reading import record_read
from app.fiches.store import EditedMeanwhile, StoredFiches
from app.identity.merging.merge import merge as merge_fiches
from app.identity.merging.part import active_merge
from app.identity.merging.part import part as part_fiches
from app.identity.merging.refusals import CHANGED_BEFORE_THE_MERGE, CHANGED_BEFORE_THE_PARTING, MergeRefused
from app.identity.replay.rebuild import rebuild as rebuild_fiche
from app.tenants.bind import bound_hospital

TYPED_BEFORE = (
    "Cette fiche, ou une fiche liée, a été saisie en partie avant que BaMaRa garde chaque saisie (migration 0007 de "
    "l’hôpital). Rien ne dit comment elle a été remplie alors : sa reconstruction ne peut rien prouver. Ses valeurs et "
    "son historique sont intacts."
)
MERGING = "hospital:fiche:merge"
by_option = click.option("--by", "email", required=True, metavar="EMAIL", help="Compte de la personne qui décide.")


@click.command("merge")
@hospital_option
@by_option
@click.argument("keep")
@click.argument("other")
@json_option
def merge(hospital: str, email: str, keep: str, other: str, as_json: bool) -> None:
    """Fusionner deux fiches d’une même personne : KEEP reste, OTHER la rejoint. Les valeurs suggérées sont prises."""
    with opened(hospital) as session:
        try:
            merge_fiches(session, keep, other, {}, by=named(email, hospital, MERGING))
        except MergeRefused as refusal:
            raise Refused(str(refusal)) from refusal
        except EditedMeanwhile as meanwhile:
            raise Refused(CHANGED_BEFORE_THE_MERGE) from meanwhile
        print_fiche(session, keep, as_json=as_json)


@click.command("unmerge")
@hospital_option
@by_option
@click.option("--side", "sides", multiple=True, metavar="CLÉ=kept|other", help="À qui revient ce qui est incertain.")
@click.argument("keep")
@click.argument("other")
@json_option
def unmerge(hospital: str, email: str, sides: tuple[str, ...], keep: str, other: str, as_json: bool) -> None:
    """Défaire une fusion : les deux fiches reviennent, chacune avec ce qui lui appartient."""
    with opened(hospital) as session:
        author = named(email, hospital, MERGING)
        for fiche_id in (keep, other):
            StoredFiches(session).survivor(fiche_id)
        try:
            merge = active_merge(session, keep, other)
            parted = part_fiches(session, keep, other, _read_sides(sides), by=author)
        except MergeRefused as refusal:
            raise Refused(str(refusal)) from refusal
        except EditedMeanwhile as meanwhile:
            raise Refused(CHANGED_BEFORE_THE_PARTING) from meanwhile
        for fiche_id in (merge.kept_id, merge.absorbed_id):
            print_fiche(session, fiche_id, as_json=as_json)
    for doubt in parted.shared.unclear:
        side = parted.shared.sides[doubt.key]
        click.echo(
            f"Incertain : {doubt.key} est laissé à la fiche {'gardée' if side == 'kept' else 'rendue'}.", err=True
        )


@click.command("rebuild")
@hospital_option
@click.option("--id", "fiche_id", required=True, help="Identifiant de la fiche.")
@json_option
def rebuild(hospital: str, fiche_id: str, as_json: bool) -> None:
    """Rejouer les documents, les saisies et les fusions d’une fiche, et prouver qu’elle est la même."""
    with opened(hospital) as session:
        rebuilt = rebuild_fiche(session, bound_hospital(), fiche_id)
        record_read(session, actor="system", fiche_id=fiche_id, route="fiches rebuild")
    told = {"equal": rebuilt.equal}
    emit(told if rebuilt.equal else {**told, "difference": rebuilt.difference}, as_json=as_json)
    if not rebuilt.provable:
        raise Refused(TYPED_BEFORE)
    if not rebuilt.equal:
        raise Refused(f"La fiche reconstruite diffère de celle qui est gardée : {rebuilt.difference}.")


def join(fiches: click.Group) -> None:
    """The fiche's own commands do not know us."""
    for command in (merge, unmerge, rebuild):
        fiches.add_command(command)


def _read_sides(sides: tuple[str, ...]) -> dict[str, str]:
    read = dict(side.rpartition("=")[::2] for side in sides)
    if set(read.values()) - {"kept", "other"}:
        raise click.UsageError("--side s’écrit CLÉ=kept ou CLÉ=other.")
    return read
