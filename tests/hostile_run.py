"""Every hostile file, in a process that tells what it did besides: `python -m tests.hostile_run xml archive mail`.

Prints {"answers": {"corpus: case": [answer, seconds]}, "opened": […], "connected": […], "megabytes": {case: more}}."""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app.cda.outcomes import NotForUs, Rejection
from app.cda.parse import parse
from app.cda.unwrap.envelope import Envelope, unwrap
from tests.spec import hostile_archives, hostile_documents, hostile_mails

CORPORA: Mapping[str, Mapping[str, tuple]] = {
    "xml": hostile_documents.HOSTILE,
    "archive": hostile_archives.HOSTILE,
    "mail": hostile_mails.HOSTILE,
}


def answered(corpus: str, body: bytes) -> str:
    """The code of the first refusal, "read" when everything is, "not for us" for the rest."""
    try:
        found = unwrap(Envelope(corpus), body) if corpus != "xml" else None
        answers = [_one(document.body, document.refusal, document.for_us) for document in found or ()]
        answers = answers if found is not None else [_one(body)]
    except NotForUs:
        return "not for us"
    except Rejection as rejection:
        return rejection.code
    refusals = [answer for answer in answers if answer.startswith("E-")]
    return (refusals or sorted(answers, key=("read", "not for us").index))[0]


def _one(body: bytes, refusal: Rejection | None = None, for_us: bool = True) -> str:
    if refusal:
        return refusal.code
    if not for_us:
        return "not for us"
    try:
        parse(body)
    except NotForUs:
        return "not for us"
    except Rejection as rejection:
        return rejection.code
    return "read"


def main() -> None:
    """One child makes the file, another, as small as this process, reads it: what making it takes is not counted."""
    told: dict[str, Any] = {"answers": {}, "opened": [], "connected": [], "megabytes": {}}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "hostile")
        for corpus in sys.argv[1:]:
            for case, (make, _) in CORPORA[corpus].items():
                _in_a_child(lambda make=make: file.write_bytes(make()))
                answer = _in_a_child(lambda corpus=corpus: _read(corpus, file.read_bytes()))
                told["answers"][f"{corpus}: {case}"] = answer["answer"]
                told["megabytes"][f"{corpus}: {case}"] = answer["megabytes"]
                told["opened"] += answer["opened"]
                told["connected"] += answer["connected"]
    print(json.dumps(told))


def _read(corpus: str, body: bytes) -> dict[str, Any]:
    opened: list[str] = []
    connected: list[str] = []
    watching = True

    def watch(event: str, arguments: tuple) -> None:
        if watching and event == "open" and not str(arguments[0]).endswith((".py", ".pyc")):  # Python's own codecs
            opened.append(str(arguments[0]))
        if watching and event.startswith(("socket.", "urllib", "http", "subprocess", "os.system")):
            connected.append(event)

    sys.addaudithook(watch)
    before, started = _most_resident(), time.process_time()
    answer = [answered(corpus, body), time.process_time() - started]
    watching = False
    return {"answer": answer, "opened": opened, "connected": connected, "megabytes": _most_resident() - before}


def _most_resident() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _in_a_child(work: Callable[[], Any]) -> Any:
    """What `work` gives, by way of JSON."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        with os.fdopen(writing, "w") as answer:
            answer.write(json.dumps(work()))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        said = answer.read()
    os.waitpid(child, 0)
    return json.loads(said)


if __name__ == "__main__":
    main()
