"""docs/benchmark.md: what was measured, how, on which machine, and the figures of one run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.config import ROOT
from tests.bench.table import Row, as_markdown

INTRODUCTION = """# Benchmark

`make bench` measures BaMaRa on embedded servers of its own, as durable as in production (fsync on), and measures beside
each figure its floor: what the same work costs when nothing is decided, nothing is checked and nothing is general. Both
are of the same run on the same machine, so that the ratio holds where the absolute figures do not. Processor time is
that of every process at work, PostgreSQL included, clients apart: it hardly feels what else the machine does.
`.venv/bin/python -m tests.bench --only ingestion` runs one part, `--quick` a small size. A target that is missed is
marked so; this page is written by `--write-docs`.
"""

PARTS = {
    "parsing": """Reading a document into plain answers, one process. Floor: lxml parses the same bytes and one pass
indexes the elements by code and template.""",
    "ingestion": """From the inbox, through RQ and two workers, to the fiche: four hospitals, documents of about 90 kB
with every section of a patient filled, 1 250 patients each; then their next versions (one activity more, two answers
changed), then the same bytes again. Floor: two plain processes; for each document lxml parses, one pass indexes, and
one pipelined transaction of psycopg reads what must be known and writes the very rows that the application writes for
such a document, the compressed bytes included. The ratio of documents a second is better than that of processor times
because the application commits a batch at a time.""",
    "reception": """`POST /api/v1/documents` on granian as in production, two client processes of two lasting
connections each; a document is committed before its 202. Floor: a bare WSGI function on the same server, which hashes,
compresses and commits the row by psycopg.""",
    "mailbox": """Secure mails of about 20 kB, each with an XDM archive of a document of 90 kB, waiting in the mailbox
of a real IMAP server (pymap, in Python, on the same two cores: its own time counts against the figure, not in the
processor time); from the first one received to the last one integrated and moved away. Floor of the reception: the
standard library fetches, psycopg commits, the server moves, twenty mails at a time as the receiver does. One mailbox is
one hospital, whose inbox one worker takes at a time, in order (O1): several mailboxes use both cores.""",
    "screens": """The pages that a clinician lives on, at 1 000 and at 100 000 fiches in one hospital, through granian
as in production, over one connection and over ten: home, a page of the list of a site anywhere in the list, a search
by name, a fiche, the forms, a save that changes one answer; a full fiche is that of a document of 90 kB. Floor: a page
made beforehand, of the same size, behind the same session, the same guard and the same trace of the reading or of the
save; pages and floors are asked for by turns. The rows on growth compare the large hospital with the small one.""",
    "paper": """The PDF of a fiche whose every item is filled, and its bordereau, in one process. Floor: typst alone on
as many lines of text, without a table, a heading or anything to compute.""",
    "search": """« Rechercher un patient » by « family given » or the reverse with one slip anywhere, under generated
French names (few that many bear, many that few bear, particles, hyphens), in one process: how often the patient, or a
namesake, is among the first ten, and what a search costs. Floor: as many lines by the index of names.""",
    "terms": """Eight ways of typing a label badly (a half, one slip, two slips, keywords, reversed, cut short…) for 150
labels drawn with a fixed seed in the published Orphanet, HPO and HGNC: how often the term meant is among the first ten,
and what a search costs one process, in processor time. Floor: looking for what was typed in every text, one by one,
which finds no slip at all.""",
    "duplicates": """The nightly search on a generated French set and on FEBRL 4, beside the exact key (same name,
given name, sex and date): the true pairs among its candidates, how many suggestions are true, and what a hospital of
100 000 fiches takes. No floor: what is measured is whether people are told of the right pairs.""",
    "sign-in": """From the password to the home page, without the letter's own time: the password, the page of the code,
the code, the home page, through granian as in production, one person at a time, then fifty people at once. Floor: a
bare WSGI function on the same server that answers as many requests of the same size, speaks to PostgreSQL as often and
verifies one password by Argon2id with the same parameters.""",
    "tenancy": """Opening hospitals, checking and upgrading four hundred of them. Floor: the same SQL, by psycopg.""",
}


def write_docs(machine: Mapping[str, str], measured: Mapping[str, Sequence[Row]], quick: bool) -> None:
    described = "\n".join(f"- {name}: {value}" for name, value in machine.items())
    size = "\n- size: quick, its figures mean little" if quick else ""
    parts = (f"## {name.capitalize()}\n\n{PARTS[name]}\n\n{as_markdown(rows)}\n" for name, rows in measured.items())
    text = "\n".join((INTRODUCTION, f"## The run\n\n{described}{size}\n", *parts))
    (ROOT / "docs" / "benchmark.md").write_text(text)
