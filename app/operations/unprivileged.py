"""How a server program runs when BaMaRa is started by root: PostgreSQL refuses root, and Valkey does not need it."""

from __future__ import annotations

import contextlib
import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

CLEAN_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PATH": "/usr/local/bin:/usr/bin:/bin"}
NOBODY = 65534
IN_NAMESPACE = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}")


class CannotRun(RuntimeError):
    """No way was found to run a server program; the sentence is French."""


@dataclass(frozen=True)
class Runner:
    """`account` is the (uid, gid) the program takes, None to keep ours; `owner` is who its folders must belong to."""

    owner: tuple[int, int]
    account: tuple[int, int] | None = None
    prefix: tuple[str, ...] = ()

    def start(
        self, command: Sequence[str | Path], *, log: IO[bytes], stdin: bytes | None = None
    ) -> subprocess.Popen[bytes]:
        """In a session of its own: the terminal's Ctrl-C reaches BaMaRa alone, which stops its servers in order."""
        uid, gid = self.account or (None, None)
        process = subprocess.Popen(
            [*self.prefix, *map(str, command)],
            stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=CLEAN_ENVIRONMENT,
            cwd="/",
            start_new_session=True,
            user=uid,
            group=gid,
            extra_groups=None if uid is None else [],
        )
        if process.stdin:
            with contextlib.suppress(BrokenPipeError), process.stdin:
                process.stdin.write(stdin or b"")
        return process

    def own(self, folder: Path) -> Path:
        """Makes the folder, readable by the server alone; hands over what another way of running had written."""
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        if os.geteuid() == 0 and (folder.stat().st_uid, folder.stat().st_gid) != self.owner:
            for inside, _, names in os.walk(folder, topdown=False):
                for path in (*(os.path.join(inside, name) for name in names), inside):
                    os.chown(path, *self.owner, follow_symlinks=False)
        return folder


def runner_for(program: Path, home: Path) -> Runner:
    """As we are for an ordinary user. For root: the account `nobody` where it can reach both the program and the home,
    otherwise (a checkout below a folder of mode 700) a user namespace in which root bears another number."""
    if os.geteuid() != 0:
        return Runner(owner=(os.getuid(), os.getgid()))
    for candidate in (_as_nobody, _in_namespace):
        runner = candidate()
        if _works(runner, program, home):
            return runner
    raise CannotRun(
        f"Le compte root ne peut pas lancer {program.name}, et le compte nobody n’a pas accès à {home}. "
        "Lancer BaMaRa depuis un compte ordinaire, ou placer son dossier là où tous peuvent entrer (par exemple /srv)."
    )


def _as_nobody() -> Runner:
    try:
        entry = pwd.getpwnam("nobody")
        account = (entry.pw_uid, entry.pw_gid)
    except KeyError:
        account = (NOBODY, NOBODY)
    return Runner(owner=account, account=account)


def _in_namespace() -> Runner:
    return Runner(owner=(0, 0), prefix=IN_NAMESPACE)


def _works(runner: Runner, program: Path, home: Path) -> bool:
    script = ("/bin/sh", "-c", 'cd "$1" && exec "$2" --version', "sh", home, program)
    with contextlib.suppress(OSError, subprocess.SubprocessError), open(os.devnull, "wb") as nowhere:
        return runner.start(script, log=nowhere).wait(timeout=30) == 0
    return False
