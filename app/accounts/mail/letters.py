"""What the letters say; their subjects are the guide's, word for word."""

from __future__ import annotations

from flask import render_template

from app.accounts.factors.one_time_code import SECONDS
from app.accounts.mail.outbox import Letter


def code_letter(digits: str) -> Letter:
    return Letter(
        subject="BaMaRa - code d'authentification forte",
        text=render_template("accounts/letters/code.txt", digits=digits, seconds=SECONDS),
        html=render_template("accounts/letters/code.html", digits=digits, seconds=SECONDS),
    )
