"""Which hospital's schema: one PostgreSQL schema and one role per hospital, one binding per request or job.

In the order of the journey: `hospital` (the pure Hospital), `placement` (which database, which login), `migrations` (the
SQL of the numbered files), `rights` (what a role may do), `open` (a hospital opens by running the migrations),
`directory` (find it by code), `bind` (enter it), `upgrade` (all of them, one transaction each), `fingerprint` and `check`
(do they still look alike?), `commands`. `bases` and `models` are the declarative bases and the rows of `control`."""
