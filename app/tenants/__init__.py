"""Which hospital's schema: one PostgreSQL schema and one role per hospital, one binding per request or job.

In the order of the journey:
hospital.py      the pure Hospital, and naming.py: what may name it
placement.py     which database holds it, which login knocks at it
shared.py        the schema `control` and the login, made ready at each start
migrations.py    the SQL of the numbered files; rights.py: what a role may do; build.py: both, on one schema
open.py          a hospital opens by running the migrations
directory.py     find it by its code; each.py: the same work in each
bind.py          enter it: the only way to its tables
upgrade.py       all of them, one transaction each; revisions.py: where they are
check.py         do they still look alike? fingerprint.py: what a schema looks like
commands.py      `hospitals open | list | upgrade | check`
bases.py and models.py are the declarative bases and the rows of `control`.
"""
