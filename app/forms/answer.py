"""What the pages answer: the page to fill, or the fiche with what was saved and what contradicts itself."""

from __future__ import annotations

from flask import flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.fiches.missing.views import EVERYTHING
from app.fiches.quality import Located, assess
from app.fiches.record import Fiche
from app.fiches.shown.around import names_of
from app.fiches.shown.titles import title_of
from app.forms import drafts
from app.forms.contradictions import contradictions
from app.forms.desk import Desk
from app.forms.edit import Kept
from app.forms.same_activity import TELLS_APART, twin_of
from app.forms.sent_twice import Already
from app.forms.sheet import Sheet
from app.forms.words import WORDS
from app.frame import moment
from app.sdm.definition import BLOCKS, find_item
from app.tenants.bind import bound_hospital

SAVE, DRAFT, CANCEL, CHECK = "enregistrer", "brouillon", "annuler", "verifier"
MOST = 3
"""Contradictions told at once; the fiche shows the others."""
TWINS = "La fiche a deux activités semblables le même jour\u202f: {}. Si c’est la même, modifier l’une des deux."


def asks_aside() -> bool:
    """Whether the page asks something else than to save."""
    return request.form.get("que") in (CANCEL, CHECK)


def aside(desk: Desk, sheet: Sheet) -> Response:
    """To be told what contradicts itself while one types, or to give up what was typed."""
    if request.form.get("que") == CHECK:
        return jsonify(contradictions(sheet))
    drafts.forget(desk.session, desk.by.id, sheet.key)
    return redirect(work_list() or sheet.back)


def wants_draft(block: str) -> bool | None:
    """« Enregistrer » ends a draft where the fiche itself is edited; elsewhere the fiche stays what it is."""
    if request.form.get("que") == DRAFT:
        return True
    return False if block == "patient" else None


def drawn(sheet: Sheet) -> str:
    sheet.dress()
    return render_template("forms/sheet.html", sheet=sheet)


def answered(kept: Kept) -> Response:
    """To the fiche, with everything that the person should know."""
    if kept.items:
        flash("Enregistré.", "success")
    else:
        flash("Rien n’avait changé : la fiche est restée telle quelle.", "info")
    if kept.united:
        flash(_union(kept), "info")
    if kept.duplicates:
        flash("Une fiche de cet hôpital ressemble à celle-ci : recherchez ce nom avant de continuer.", "warning")
    tell_contradictions(kept.fiche, kept.known)
    _tell_twin(kept)
    return redirect(work_list() or url_for("fiches.show", fiche_id=kept.fiche_id, _anchor=_anchor(kept)))


def answered_already(already: Already) -> Response:
    flash("Ce formulaire a été envoyé deux fois : il est enregistré une seule fois.", "info")
    return redirect(work_list() or url_for("fiches.show", fiche_id=already.fiche_id))


def work_list() -> str | None:
    """« Ce qui manque », for who came from there: they have other fiches to complete."""
    item = request.args.get("suite")
    return url_for("work_list.work_list", item=None if item == EVERYTHING else item) if item else None


def tell_contradictions(fiche: Fiche, known: frozenset[Located]) -> None:
    """Those that this save brought, at once, and saved all the same: the fiche is « à corriger »."""
    wrong = [one for one in assess(fiche).problems if one[2].severity == "incoherent" and one not in known]
    for block, _, problem in wrong[:MOST]:
        item = find_item(block, problem.item)
        flash(f"À corriger — {item.label if item else BLOCKS[block].label} : {problem.message}", "warning")


def _tell_twin(kept: Kept) -> None:
    added = next((one for one in kept.fiche.activites if one.id == kept.record.id), None)
    twin = added and not TELLS_APART.isdisjoint(kept.items) and twin_of(kept.fiche, added, added.answers)
    if twin:
        flash(TWINS.format(title_of(twin, bound_hospital().sites)[0]), "warning")


def _union(kept: Kept) -> str:
    labels = ", ".join(item.label for name in kept.united if (item := find_item(kept.record.block, name)))
    by, at = (kept.passage.by, kept.passage.at) if kept.passage else (None, None)
    who = names_of([by])[by] if by else "un document du DPI"
    when = f" le {moment(at)}" if at else ""
    return f"Pendant votre saisie, {who} a modifié{when} : {labels}. Ses changements et les vôtres sont réunis."


def _anchor(kept: Kept) -> str:
    """The section of the fiche where the change is."""
    if kept.record.block != "patient":
        return WORDS[kept.record.block].section
    groups = list(BLOCKS["patient"].groups)
    first = next((item for name in kept.items if (item := find_item("patient", name))), None)
    return f"patient-{groups.index(first.group)}" if first else ""
