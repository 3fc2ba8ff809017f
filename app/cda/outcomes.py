"""What became of a document: final states (O3), rejection codes with their sentences (O6), findings of a report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.fiches.record import Alert, Change, Proposal


class State(StrEnum):
    """States of a received document. All but PENDING are final; conservation (O3) counts them.

    OPENED is that of a mail or of an archive whose documents have rows of their own: it counts no more, they do."""

    PENDING = "pending"
    OPENED = "opened"
    INTEGRATED = "integrated"
    ARCHIVED_AS_RESEND = "archived_resend"
    ARCHIVED_AS_SUPERSEDED = "archived_superseded"
    ARCHIVED_AS_NOT_FOR_US = "archived_not_for_us"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"


class Code(StrEnum):
    """The closed list of rejections."""

    XML = "E-XML"
    DOCTYPE = "E-DOCTYPE"
    ENCODING = "E-ENC"
    MODEL = "E-MODEL"
    VERSION = "E-VERSION"
    TENANT = "E-TENANT"
    HASH = "E-HASH"
    MULTI = "E-MULTI"
    IDENTITY = "E-IDENTITY"
    DOUBLE = "E-DOUBLE"
    SITE = "E-SITE"
    BLOCK_ID = "E-BLOCK-ID"
    CODE = "E-CODE"
    SIZE = "E-SIZE"
    ZIP = "E-ZIP"
    MAIL = "E-MAIL"  # a mail that cannot be opened, or that carries no document
    TRANSPORT = "E-TRANSPORT"  # the same transport id came again with another body
    CRASH = "E-CRASH"  # quarantined: the integration crashed three times


@dataclass(frozen=True, slots=True)
class Sentences:
    """What the sender reads, and what the hospital's IT project manager reads. Neither names a patient."""

    sender: str
    hospital: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a report. `code` is a stable word ("W-INS-KEY", "E-SITE"…); `line` is the line of the XML.
    `message` is French and carries no nominative value."""

    code: str
    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """What its sender calls a document: « root^extension » each."""

    own_id: str | None = None
    set_id: str | None = None


class Rejection(Exception):
    """Raised by a rule: the document cannot be integrated. Nothing has been written. `named`: what it could be read to
    be, all the same."""

    def __init__(self, code: Code, detail: str = "", line: int | None = None) -> None:
        super().__init__(code)
        self.code, self.detail, self.line = code, detail, line
        self.named = Named()


class NotForUs(Exception):
    """A well-formed XML document that is not an SDM-MR one: archived, never rejected (§O3)."""


SENTENCES: dict[Code, Sentences] = {
    Code.XML: Sentences(
        "Le document n’est pas un XML bien formé. Corrigez-le, puis renvoyez-le.",
        "XML mal formé : l’éditeur du DPI doit corriger la production du document.",
    ),
    Code.DOCTYPE: Sentences(
        "Le document contient une déclaration DOCTYPE, qui est interdite. Retirez-la, puis renvoyez-le.",
        "DOCTYPE présent : refusé par sécurité, quelles que soient les entités qu’il déclare.",
    ),
    Code.ENCODING: Sentences(
        "L’encodage du document n’est pas celui qu’il annonce. Envoyez-le en UTF-8.",
        "Octets illisibles dans l’encodage annoncé : vérifiez la production ou le transport.",
    ),
    Code.MODEL: Sentences(
        "Le document se dit SDM-MR, mais sa structure n’est pas celle du modèle.",
        "Racine, modèle ou corps du document absents : vérifiez la conformité au volet SDM-MR.",
    ),
    Code.VERSION: Sentences(
        "La version du modèle SDM-MR n’est pas connue. Versions acceptées : 2021.01, 2022.01, 2024.01, 2025.01.",
        "Extension du templateId SDM-MR inconnue : alignez le DPI sur une version publiée.",
    ),
    Code.TENANT: Sentences(
        "L’établissement émetteur du document n’est pas celui du canal d’envoi.",
        "Le FINESS du custodian n’appartient pas à cet hôpital : vérifiez le canal ou les structures déclarées.",
    ),
    Code.HASH: Sentences(
        "L’empreinte ou la taille d’un document ne correspond pas à celle annoncée dans l’archive.",
        "METADATA.XML et fichier différents : l’archive a été altérée ou mal produite.",
    ),
    Code.MULTI: Sentences(
        "L’archive concerne plusieurs patients. Envoyez une archive par patient.",
        "Plusieurs patients dans un même envoi : refusé.",
    ),
    Code.IDENTITY: Sentences(
        "L’identité du patient est incomplète ou son INS n’est pas admis ici.",
        "Traits d’identité manquants, aucun identifiant exploitable, ou INS de test hors d’un site de test.",
    ),
    Code.DOUBLE: Sentences(
        "Plusieurs fiches correspondent à ce patient dans l’hôpital : rien n’a été intégré.",
        "Doublon dans BaMaRa (§4.1) : traitez l’alerte d’identité, puis rejouez le document.",
    ),
    Code.SITE: Sentences(
        "Une prise en charge désigne un site maladies rares inconnu de l’hôpital.",
        "Site absent des structures de l’hôpital : déclarez-le ou corrigez le DPI, puis rejouez le document.",
    ),
    Code.BLOCK_ID: Sentences(
        "Une activité ou un diagnostic n’a pas son identifiant technique obligatoire.",
        "Identifiant pérenne absent (§4.5) : l’éditeur du DPI doit le fournir.",
    ),
    Code.CODE: Sentences(
        "Le code du sexe est inconnu, ou un diagnostic n’a ni code de maladie ni valeur nulle.",
        "Code obligatoire inexploitable : corrigez la donnée dans le DPI.",
    ),
    Code.SIZE: Sentences(
        "Le document dépasse les limites admises (taille, profondeur, nombre d’éléments ou durée).",
        "Limite dépassée : voyez les réglages du canal.",
    ),
    Code.ZIP: Sentences(
        "L’archive ne peut pas être ouverte : elle est abîmée, chiffrée ou hors limites.",
        "Archive refusée : seul un XDM non chiffré et dans les limites est admis.",
    ),
    Code.MAIL: Sentences(
        "Le message ne peut pas être ouvert, ou ne porte pas de document. Joignez une archive XDM non chiffrée.",
        "Message sans document exploitable : chiffré, winmail.dat, trop de parties ou pièce jointe illisible.",
    ),
    Code.TRANSPORT: Sentences(
        "Cet identifiant d’envoi a déjà servi pour un autre contenu.",
        "Même identifiant de transport, autre contenu : refusé et signalé.",
    ),
    Code.CRASH: Sentences(
        "Le document n’a pas pu être traité. L’équipe technique est prévenue.",
        "Trois échecs de traitement : document mis en quarantaine, les suivants continuent.",
    ),
}


@dataclass(frozen=True, slots=True)
class Integrated:
    """The document changed the fiche (or confirmed it). `journal` tells item by item what it did."""

    fiche_id: str
    created: bool
    journal: tuple[Change, ...] = ()
    warnings: tuple[Finding, ...] = ()
    alerts: tuple[Alert, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    fingerprint: bytes = b""
    """What the document says, to recognise its next sending (N1)."""


@dataclass(frozen=True, slots=True)
class ArchivedAsResend:
    """N2: the same items as the last integrated document of this patient."""

    fiche_id: str


@dataclass(frozen=True, slots=True)
class ArchivedAsSuperseded:
    """N4: a newer version of the same document is integrated already."""

    fiche_id: str


@dataclass(frozen=True, slots=True)
class ArchivedAsNotForUs:
    """A well-formed document that is not an SDM-MR one."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """Nothing is written but the alerts (I2 raises one for the hospital)."""

    code: Code
    detail: str = ""
    line: int | None = None
    alerts: tuple[Alert, ...] = ()


Outcome = Integrated | ArchivedAsResend | ArchivedAsSuperseded | ArchivedAsNotForUs | Rejected
