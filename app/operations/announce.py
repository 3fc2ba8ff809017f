"""What `make run` says on the terminal."""

from __future__ import annotations

from app.config import Settings

DEMO_PASSWORD = "Demo-2026!"  # noqa: S105 - published: the demo holds synthetic people only
DEMO_ACCOUNTS = (
    ("clinicien@demo.bamara.example", "clinicien, hôpital H001"),
    ("multi@demo.bamara.example", "clinicien, hôpitaux H001 et H002"),
    ("arc@demo.bamara.example", "ARC/TEC, hôpital H001"),
    ("secretaire@demo.bamara.example", "secrétaire, hôpital H001"),
    ("dim@demo.bamara.example", "médecin DIM, hôpital H001"),
    ("gestionnaire@demo.bamara.example", "gestionnaire de comptes, H001"),
    ("chef-si@demo.bamara.example", "chef de projet SI, H001"),
    ("referent@demo.bamara.example", "référent de filière"),
    ("bndmr@demo.bamara.example", "équipe BNDMR"),
)


def local_address(settings: Settings) -> str:
    """Where this machine reaches the web process, whatever its public address."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)  # noqa: S104 - read, not bound
    return f"http://{host}:{settings.port}"


def ready(settings: Settings) -> str:
    lines = [f"BaMaRa prêt : {local_address(settings)}"]
    if settings.mode == "demo":
        lines += ["", f"Comptes de démonstration (mot de passe {DEMO_PASSWORD}) :"]
        lines += [f"  {email:<36} {role}" for email, role in DEMO_ACCOUNTS]
    if settings.mode == "demo" and settings.demo_mail:
        lines += [f"Courriels de la démonstration : {local_address(settings)}/demo/mailbox"]
    return "\n".join([*lines, "", "Ctrl-C pour arrêter."])


def already_running(settings: Settings, state: dict[str, object]) -> str:
    where = f" ({state['address']})" if "address" in state else ""
    return (
        f"BaMaRa tourne déjà dans {settings.home}{where}. L’arrêter par Ctrl-C dans son terminal, "
        "ou choisir un autre BAMARA_HOME et un autre BAMARA_PORT."
    )


def port_taken(settings: Settings) -> str:
    return (
        f"Le port {settings.port} de {settings.host} est déjà pris par un autre programme. "
        "L’arrêter, ou choisir un autre port : BAMARA_PORT=8001 make run."
    )
