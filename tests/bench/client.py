"""A small client that keeps its connections: what it costs is not to be taken for what the server costs."""

from __future__ import annotations

import selectors
import socket
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

HEAD_END = b"\r\n\r\n"
PATIENCE = 60.0  # seconds without any answer


@dataclass
class Answers:
    """`latencies` in milliseconds, in the order of the answers; `body` is the last one's."""

    wall: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    body: bytes = b""


@dataclass
class _Line:
    """One connection, with what has come of the answer it waits for."""

    wire: socket.socket
    sent_at: float = 0.0
    received: bytearray = field(default_factory=bytearray)
    length: int | None = None


def request(method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    sent = {**headers, "Content-Length": str(len(body))} if body else headers
    lines = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body


def exchange(address: tuple[str, int], requests: Iterable[bytes], connections: int = 1) -> Answers:
    """Sends every request over so many connections, each waiting for its answer before the next one."""
    answers, waiting = Answers(), iter(requests)
    start = time.perf_counter()
    with selectors.DefaultSelector() as ready:
        for _ in range(connections):
            line = _Line(socket.create_connection(address, PATIENCE))
            line.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            ready.register(line.wire, selectors.EVENT_READ, line)
            _send_next(line, waiting, ready)
        while ready.get_map():
            for key, _ in ready.select(PATIENCE) or _nobody_answers():
                if _is_whole(key.data):
                    _note(key.data, answers)
                    _send_next(key.data, waiting, ready)
    answers.wall = time.perf_counter() - start
    return answers


def _send_next(line: _Line, waiting: Iterator[bytes], ready: selectors.BaseSelector) -> None:
    following = next(waiting, None)
    if following is None:
        ready.unregister(line.wire)
        line.wire.close()
        return
    line.received.clear()
    line.length, line.sent_at = None, time.perf_counter()
    line.wire.sendall(following)


def _is_whole(line: _Line) -> bool:
    piece = line.wire.recv(1 << 18)
    if not piece:
        raise ConnectionError("the server hung up")
    line.received += piece
    if line.length is None and (end := line.received.find(HEAD_END)) >= 0:
        line.length = end + len(HEAD_END) + _content_length(bytes(line.received[:end]))
    return line.length is not None and len(line.received) >= line.length


def _content_length(head: bytes) -> int:
    fields = (written.partition(b":") for written in head.split(b"\r\n"))
    return next((int(value) for name, _, value in fields if name.lower() == b"content-length"), 0)


def _note(line: _Line, answers: Answers) -> None:
    answers.latencies.append((time.perf_counter() - line.sent_at) * 1000)
    answers.statuses[int(line.received[9:12])] += 1
    answers.body = bytes(line.received).partition(HEAD_END)[2]


def _nobody_answers() -> list[tuple[selectors.SelectorKey, int]]:
    raise TimeoutError(f"no answer for {PATIENCE:g} s")
