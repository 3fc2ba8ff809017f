"""Somebody who has the password and guesses the second step, with several browsers at once (C2)."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from tests.visitors import BROWSER, Visitor

THREADS = 4


def guess_codes(app: Flask, email: str, path: str, guesses: Sequence[str], browsers: int = 1) -> Counter[int]:
    """Statuses of the answers; each browser gave the password first."""
    guessers = [_with_the_password(app, email, path) for _ in range(browsers)]

    def guess(number: int) -> int:
        cookie, token = guessers[number % browsers]
        client = app.test_client()
        client.set_cookie("bamara", cookie)
        return client.post(path, data={"csrf_token": token, "code": guesses[number]}).status_code

    with ThreadPoolExecutor(THREADS) as pool:
        return Counter(pool.map(guess, range(len(guesses))))


def wrong_codes(number: int, digits: int, right: set[str], seed: int = 2) -> list[str]:
    draw = random.Random(seed)
    drawn = (f"{draw.randrange(10**digits):0{digits}d}" for _ in range(2 * number + 10))
    return [code for code in drawn if code not in right][:number]


def _with_the_password(app: Flask, email: str, path: str) -> tuple[str, str]:
    visitor = Visitor.arrive(app)
    visitor.give_password(email)
    assert visitor.client.get_cookie(BROWSER) is None
    return visitor.cookie, visitor.token(path)
