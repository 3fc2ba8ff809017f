"""The benchmark: `make bench`, one run on servers of its own, each figure beside its floor.

__main__ (options, what is printed and written) → parsing · ingestion (ingestion_floor, writes) · reception
(bare_reception) · screens (visits, static_pages, finding) · tenancy: each `measure()` gives rows of table.
Beside them: instance (servers and processes under measure), spent (what an operation costs), patients (documents),
desks (clinicians signed in), report (docs/benchmark.md),
inbox (feed, ring, wait), client (a small keep-alive client), machine (what it ran on).
"""
