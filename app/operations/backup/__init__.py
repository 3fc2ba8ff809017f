"""One hospital in one file, and back (promise E1): `hospitals backup`, `hospitals restore`.

manifest.py     what the file says of itself, sealed under the instance's key (pure)
refusals.py     what is refused, in French
file.py         the file: written aside then named, read and verified piece by piece
tables.py       what a schema is made of, and its content in and out by COPY
belongings.py   what the schema `control` keeps for a hospital
make.py         a backup is made, from one moment of the hospital
place.py        where a backup goes: the hospital that is here, or one opened again
restore.py      a backup takes the place of the hospital, in one transaction
traces.py       the audit goes on through a restore (D1)
commands.py     the two commands
"""
