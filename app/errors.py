"""Refusals and accidents as pages, once: what happened, then what to do, in the frame of the application."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb

from flask import Flask, current_app, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.accounts.sessions import same_site, site_switch
from app.accounts.sessions.current import this_session
from app.accounts.sessions.same_site import OtherSite
from app.accounts.sign_in.sentences import EXPIRED
from app.extensions import login_manager
from app.languages import FRENCH, speaking
from app.problems import problem
from app.tenants.bind import HospitalClosed

API = "/api/"


@dataclass(frozen=True, slots=True)
class Words:
    title: LazyString
    happened: LazyString
    next: LazyString


PAGES: dict[int, Words] = {
    400: Words(
        _l("Demande incomprise"),
        _l("L’adresse ou le formulaire reçu n’est pas valable."),
        _l("Revenez à la page précédente et recommencez. Si cela se répète, partez de l’accueil."),
    ),
    403: Words(
        _l("Accès réservé"),
        _l("Votre rôle ne donne pas accès à cette page."),
        _l("Si vous en avez besoin pour votre travail, demandez-le au gestionnaire de comptes de votre hôpital."),
    ),
    404: Words(
        _l("Page introuvable"),
        _l("Cette page n’existe pas, ou elle n’appartient pas à l’hôpital où vous travaillez en ce moment."),
        _l("Vérifiez l’hôpital affiché en haut de la page, puis recherchez le patient par son nom ou son identifiant."),
    ),
    405: Words(
        _l("Action impossible ici"),
        _l("Cette adresse ne s’ouvre pas de cette façon."),
        _l("Revenez à l’accueil et reprenez par les menus."),
    ),
    413: Words(
        _l("Fichier trop volumineux"),
        _l("Le fichier envoyé dépasse la taille admise."),
        _l("Réduisez-le ou envoyez-le en plusieurs fois."),
    ),
    429: Words(
        _l("Trop de demandes"),
        _l("Cette page a été demandée trop souvent en peu de temps."),
        _l("Patientez une minute, puis recommencez."),
    ),
    500: Words(
        _l("Incident"),
        _l("La page n’a pas pu être préparée. Rien n’a été enregistré par cette demande."),
        _l("Recommencez dans un instant. Si cela se répète, prévenez votre service informatique en donnant l’heure."),
    ),
    503: Words(
        _l("Hôpital en cours de restauration"),
        _l("Les fiches de votre hôpital sont en train d’être restaurées : rien n’a été enregistré par cette demande."),
        _l("Gardez cette page et recommencez dans quelques minutes."),
    ),
}
EXPIRED_FORM = Words(
    _l("Page expirée"),
    _l("Ce formulaire est trop ancien, ou il vient d’une autre session : rien n’a été enregistré."),
    _l("Rouvrez la page, puis recommencez."),
)


def init_app(app: Flask) -> None:
    app.register_error_handler(CSRFError, show_expired_form)
    app.register_error_handler(OtherSite, show_other_site)
    app.register_error_handler(HospitalClosed, show_restore)
    app.register_error_handler(HTTPException, show_http_error)
    if not app.testing:
        app.register_error_handler(Exception, show_accident)


def show_http_error(error: HTTPException) -> HTTPException | Response | tuple[str, int]:
    status = error.code or 500
    if status < 400:
        return error
    if request.path.startswith(API):
        return problem(status, "Vérifier l’adresse et la méthode de la requête dans la documentation de l’API.")
    return _page(PAGES.get(status, PAGES[400 if status < 500 else 500]), status)


def show_expired_form(error: CSRFError) -> Response | tuple[str, int]:
    """A form sent after the session died leads back to the sign-in; any other one without its token is refused."""
    if this_session().expired:
        flash(EXPIRED, "warning")
        return redirect(url_for("accounts.sign_in_page"))
    return _page(EXPIRED_FORM, 400)


def show_other_site(error: OtherSite) -> tuple[str, int]:
    """Nothing is lost: the form may be sent again, once back at its site."""
    place, typed = site_switch.place_of(error.made_for), same_site.typed_again()
    return render_template("errors/other_site.html", made_for=place, typed=typed), 409


def show_restore(_: HospitalClosed) -> tuple[str, int]:
    return _page(PAGES[503], 503)


def show_accident(error: Exception) -> tuple[str, int]:
    """The log tells the type and the places, never the values: they may name a patient (D3)."""
    places = " < ".join(
        f"{Path(at.filename).name}:{at.lineno}" for at in reversed(extract_tb(error.__traceback__)[-6:])
    )
    current_app.logger.error("accident on %s: %s at %s", request.endpoint, type(error).__name__, places)
    return _page(PAGES[500], 500)


def _page(words: Words, status: int) -> tuple[str, int]:
    """The frame needs the database: an accident is told without it."""
    accident = status >= 500
    if accident:
        login_manager._update_request_context_with_user()  # nobody: every template asks who it is
    framed = not accident and current_user.is_authenticated
    with speaking(FRENCH) if accident else nullcontext():
        page = render_template("errors/page.html", words=words, status=status, framed=framed, accident=accident)
    return page, status
