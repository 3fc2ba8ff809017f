"""The addresses of people: how one is kept, and which ones are professional. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection

LONGEST = 254

_FREE_MAIL_DOMAINS = """
    163.com aliceadsl.fr aol.com bbox.fr caramail.com club-internet.fr dbmail.com disroot.org fastmail.com
    fastmail.fm free.fr freesbee.fr gmail.com gmx.com gmx.de gmx.fr gmx.net googlemail.com guerrillamail.com hey.com
    hotmail.be hotmail.co.uk hotmail.com hotmail.fr hushmail.com icloud.com inbox.com jetable.org laposte.net
    libertysurf.fr live.be live.com live.fr mac.com mail.com mail.ru mailfence.com mailinator.com mailo.com me.com
    msn.com mypost.fr net-c.com netcourrier.com neuf.fr noos.fr numericable.fr orange.fr outlook.be outlook.com
    outlook.fr pm.me posteo.de posteo.net proton.me protonmail.ch protonmail.com qq.com rambler.ru riseup.net
    rocketmail.com sfr.fr skynet.be skynet.fr startmail.com tele2.fr temp-mail.org trashmail.com tuta.com tuta.io
    tutanota.com vivaldi.net voila.fr wanadoo.fr web.de yahoo.ca yahoo.co.uk yahoo.com yahoo.fr yandex.com yandex.ru
    ymail.com yopmail.com yopmail.fr zaclys.net zoho.com
"""
FREE_MAIL_DOMAINS = frozenset(_FREE_MAIL_DOMAINS.split())
"""Where anybody opens a mailbox: it proves nothing about who works in a hospital. `BAMARA_FREE_MAIL_DOMAINS` replaces
the list."""

_ADDRESS = re.compile(
    r"(?=.{1,64}@)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]"
)


def as_kept(typed: str) -> str:
    """One spelling per address. PostgreSQL holds no zero."""
    return typed.replace("\0", "").strip().lower()


def is_address(email: str) -> bool:
    """As kept. Plain ones only: quoted names and letters with accents make ambiguous recipients."""
    return len(email) <= LONGEST and _ADDRESS.fullmatch(email) is not None


def is_professional(email: str, free_mail_domains: Collection[str]) -> bool:
    """Neither at a free-mail domain nor under one."""
    labels = email.rpartition("@")[2].split(".")
    return not any(".".join(labels[start:]) in free_mail_domains for start in range(len(labels)))
