"""`hospitals open | list | upgrade | check`."""

from __future__ import annotations

from dataclasses import asdict

import click

from app.cli import Refused, emit, json_option
from app.tenants.directory import all_hospitals
from app.tenants.hospital import Hospital
from app.tenants.naming import BadHospital
from app.tenants.open import open_hospital
from app.tenants.upgrade import UpgradeUnderWay, check_all, upgrade_all


class SiteAndLabel(click.ParamType):
    """« S001:Consultation de génétique » → (code, label)."""

    name = "SITE:LIBELLÉ"

    def convert(self, value: str, param: click.Parameter | None, context: click.Context | None) -> tuple[str, str]:
        site, colon, label = value.partition(":")
        if not colon or not site.strip() or not label.strip():
            self.fail(f"« {value} » : écrire SITE:LIBELLÉ, par exemple S001:Consultation de génétique.", param, context)
        return site.strip(), label.strip()


@click.group()
def hospitals() -> None:
    """Les établissements : un schéma et un rôle chacun."""


@hospitals.command("open")
@click.argument("code")
@click.option("--name", required=True)
@click.option("--finess", multiple=True, help="Numéro FINESS, 9 caractères ; peut être répété.")
@click.option("--ipp-oid", help="OID des IPP de l’établissement.")
@click.option("--fetus-oid", help="OID des identifiants de fœtus.")
@click.option("--test-site", is_flag=True, help="Accepter les INS de test.")
@click.option("--with-site", "sites", multiple=True, type=SiteAndLabel(), help="Peut être répété.")
@json_option
def open_(
    code: str,
    name: str,
    finess: tuple[str, ...],
    ipp_oid: str | None,
    fetus_oid: str | None,
    test_site: bool,
    sites: tuple[tuple[str, str], ...],
    as_json: bool,
) -> None:
    """Ouvrir un établissement."""
    try:
        hospital = open_hospital(code, name, finess, ipp_oid, fetus_oid, test_site, sites=sites)
    except BadHospital as refusal:
        raise Refused(str(refusal)) from refusal
    emit(_line(hospital), as_json=as_json)


@hospitals.command("list")
@json_option
def list_(as_json: bool) -> None:
    """Lister les établissements."""
    emit(map(_line, all_hospitals()), as_json=as_json)


@hospitals.command()
@json_option
def upgrade(as_json: bool) -> None:
    """Mettre à niveau tous les établissements ; recommencer reprend ceux qui restent."""
    try:
        upgrades = upgrade_all()
    except UpgradeUnderWay as refusal:
        raise Refused(str(refusal)) from refusal
    emit(map(asdict, upgrades), as_json=as_json)
    if failed := [one.hospital for one in upgrades if one.state == "failed"]:
        raise Refused(
            f"Mise à niveau manquée pour {', '.join(failed)}, restés à leur version d’avant. "
            "Corriger la cause, puis relancer « hospitals upgrade »."
        )


@hospitals.command()
@json_option
def check(as_json: bool) -> None:
    """Comparer chaque établissement à un établissement neuf."""
    checks = check_all()
    emit(map(asdict, checks), as_json=as_json)
    if drifted := [one.hospital for one in checks if not one.current]:
        raise Refused(
            f"Ne sont pas à la version attendue : {', '.join(drifted)}. "
            "Lancer « hospitals upgrade » ; si l’écart demeure, le schéma a été modifié hors des migrations."
        )


def _line(hospital: Hospital) -> dict[str, object]:
    return {
        "hospital": hospital.code,
        "code": hospital.code,
        "name": hospital.name,
        "finess": sorted(hospital.finess),
        "ipp_oid": hospital.ipp_oid,
        "fetus_oid": hospital.fetus_oid,
        "test_site": hospital.test_site,
        "sites": hospital.sites,
    }
