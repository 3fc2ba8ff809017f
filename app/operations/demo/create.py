"""Create the demonstration, once: hospitals, accounts, invented patients, four documents integrated for good, a woman
entered twice."""

from __future__ import annotations

from dataclasses import dataclass

from app.accounts.people import create_person
from app.cda.ingest import settle_all
from app.cda.receive import Delivery, deliver
from app.operations.announce import DEMO_PASSWORD
from app.operations.demo.addressed import addressed
from app.operations.demo.described import DESCRIBED
from app.operations.demo.documents import make_document
from app.operations.demo.hospitals import H001, HOSPITALS, hospital_of_the_demo
from app.operations.demo.populate import populate
from app.operations.demo.requests import create_requests
from app.operations.demo.twice import enter_twice
from app.tenants.bind import shared_session
from app.tenants.hospital import Hospital

PATIENTS = {"H001": 48, "H002": 8, "H003": 4}
CHANNEL = "demo"


@dataclass(frozen=True, slots=True)
class Account:
    email: str
    name: str
    profession: str
    role: str
    places: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(hospital, sites); empty for the roles above hospitals."""
    filiere: str | None = None


ACCOUNTS = (
    Account("clinicien@demo.bamara.example", "Camille Martin", "medecin", "clinician", (("H001", ("S001", "S002")),)),
    Account(
        "multi@demo.bamara.example",
        "Dominique Bernard",
        "medecin",
        "clinician",
        (("H001", ("S001",)), ("H002", ("S101", "S102"))),
    ),
    Account(
        "gestionnaire@demo.bamara.example", "Claude Petit", "administratif", "account_manager", (("H001", ("S001",)),)
    ),
    Account("arc@demo.bamara.example", "Lou Fontaine", "arc_tec", "clinician", (("H001", ("S001", "S002")),)),
    Account(
        "secretaire@demo.bamara.example", "Dany Perrin", "administratif", "clinician", (("H001", ("S001", "S002")),)
    ),
    Account("dim@demo.bamara.example", "Eden Marchand", "medecin", "dim", (("H001", ("S001",)),)),
    Account("chef-si@demo.bamara.example", "Alex Moreau", "administratif", "si_project", (("H001", ("S001",)),)),
    Account("referent@demo.bamara.example", "Sacha Leroy", "administratif", "filiere_referent", filiere="ANDDI-RARES"),
    Account("bndmr@demo.bamara.example", "Andrea Simon", "administratif", "bndmr"),
)


def create_demo() -> None:
    """Safe to call again: what is there already stays as it is."""
    hospitals = {code: hospital_of_the_demo(code) for code in HOSPITALS}
    for account in ACCOUNTS:
        _create_account(account)
    create_requests()
    for code, patients in PATIENTS.items():
        for _ in populate(hospitals[code], patients, only_if_empty=True):
            pass
    _send_documents(hospitals[H001.code])
    enter_twice(hospitals[H001.code])


def _create_account(account: Account) -> None:
    for hospital_code, sites in account.places or ((None, ()),):
        with shared_session() as session:
            create_person(
                session,
                email=account.email,
                name=account.name,
                profession=account.profession,
                password=DEMO_PASSWORD,
                role=account.role,
                hospital_code=hospital_code,
                sites=sites,
                filiere=account.filiere,
            )


def _send_documents(hospital: Hospital) -> None:
    """Through the real path: the transport id makes a second sending the same reception."""
    receptions = [
        deliver(hospital, Delivery(CHANNEL, addressed(make_document(described)), transport_id=f"demo-{number}"))
        for number, described in enumerate(DESCRIBED)
    ]
    settle_all(hospital, [reception.document_id for reception in receptions])
