"""Running BaMaRa on one machine: lock the instance, start the servers, prepare them, watch the processes, tell their health.

instance.py       who holds BAMARA_HOME, which ports and processes it uses
unprivileged.py   how a server program runs when BaMaRa is started by root
postgresql.py · valkey.py   the two embedded servers
servers.py        `running`: attach to the instance's servers, or start them for a while
prepare.py        migrations, then the demo, once
supervisor.py     `make run`: starts, watches, restarts and stops everything (children.py: one watched process)
web.py · worker.py · mailer.py · scheduler.py   the processes it watches (lifeline.py: they end with it)
health.py         /healthz, /readyz, /metrics (metrics.py: the figures)
doctor.py · commands.py   what an operator asks by hand
demo/             the demonstration
"""
