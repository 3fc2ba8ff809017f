"""The words of the connected mode: states and groups of documents, kinds of channels, long works."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.cda.channels.upload import DROP
from app.cda.outcomes import State

STATES: Mapping[str, object] = {
    State.PENDING: _l("en attente"),
    State.INTEGRATED: _l("intégré"),
    State.ARCHIVED_AS_RESEND: _l("archivé, déjà reçu"),
    State.ARCHIVED_AS_SUPERSEDED: _l("archivé, version dépassée"),
    State.ARCHIVED_AS_NOT_FOR_US: _l("archivé, hors SDM-MR"),
    State.REJECTED: _l("rejeté"),
    State.QUARANTINED: _l("en quarantaine"),
    State.OPENED: _l("ouvert"),
}
GROUPS: Mapping[str, object] = {
    "refuses": _l("Rejetés ou en quarantaine"),
    "integres": _l("Intégrés"),
    "archives": _l("Archivés"),
    "en-attente": _l("En attente"),
}
"""The dead letters first: they are what somebody must do something about."""
CHANNELS: Mapping[str, object] = {
    "http": _l("HTTPS"),
    "folder": _l("dossier surveillé"),
    "mailbox": _l("messagerie"),
    "upload": _l("dépôt dans la console"),
    "command": _l("ligne de commande"),
    "account": _l("console"),
    "demo": _l("démonstration"),
}
WORKS: Mapping[str, object] = {
    "replay": _l("Documents rejoués"),
    "fill": _l("Patients inventés"),
}


def sent_as(transport_id: str) -> object:
    """How the sender calls what arrived; of files dropped in the console, the place of this one."""
    place = transport_id.rpartition(" ")[2]
    is_a_file = transport_id.startswith(DROP) and place.isdecimal()
    return _("fichier %(place)s", place=int(place)) if is_a_file else transport_id


def way_in(channel: str) -> object:
    """How a document came, from what its row says: « channel:<id> », « account:<id> » or a plain word."""
    kind = channel.partition(":")[0]
    return CHANNELS.get(kind, _l("canal de l’hôpital"))
