"""How far a mailbox opened from a page may reach: the Internet, never the network of this machine.

Whoever opens a channel of a hospital chooses its server, and is told whether it answers: our own servers must not be
found out this way. The team of the machine opens what it wants, by a command."""

from __future__ import annotations

import ipaddress
import socket

from app.config import current_settings

INNER = (
    "Cette adresse est celle d’un réseau interne : indiquer un serveur joignable d’Internet, "
    "ou demander à l’équipe technique d’ouvrir cette boîte."
)


class Inner(OSError):
    """The server stands on an inner network."""


def refuse_inner(host: str) -> None:
    """Raises Inner, in production alone: a demonstration and the tests have their servers here. A name that leads
    nowhere yet is looked at again when it is called."""
    if current_settings().mode == "production" and any(map(_is_inner, _addresses(host))):
        raise Inner(INNER)


def _addresses(host: str) -> set[str]:
    try:
        return {str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        return set()


def _is_inner(address: str) -> bool:
    """An IPv6 address may hold an IPv4 one, and lead there."""
    found = ipaddress.ip_address(address.partition("%")[0])
    inside = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None) or found
    return not inside.is_global or inside.is_multicast
