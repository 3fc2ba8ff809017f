"""The audit: what was done, by whom, on which fiche (D1).

trace (recorded with the act itself) → seal (into a chain, and verified) → chain (the chain, pure).
models (tables) · commands (`audit verify`).
`detail` and `action` never hold anything nominative: ids, codes, counts.
"""

from app.audit.trace import record as record
from app.audit.trace import record_all as record_all
from app.audit.trace import record_shared as record_shared
