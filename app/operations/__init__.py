"""BaMaRa on one machine: hold the instance, start the servers, prepare them, watch the processes, say how it is.

instance.py       who holds BAMARA_HOME, which ports and processes it uses
unprivileged.py   how a server program runs when BaMaRa is started by root
postgresql.py · valkey.py   the two embedded servers
servers.py        `running`: attach to the instance's servers, or start them for a while
prepare.py        migrations, then the demo, once
supervisor.py     `make run`: starts, watches, restarts and stops everything (children.py: one watched process;
                  announce.py: what it says; logs.py: where its processes write)
web.py · worker.py · receiver.py · mailer.py · scheduler.py   the processes it watches (lifeline.py: they end with it)
health.py         /healthz, /readyz, /metrics (probes.py: what answers; metrics.py: the figures)
doctor.py · commands.py   what an operator asks by hand
backup/           one hospital in one file, and back
reset.py          `make reset`
demo/             the demonstration
"""
