"""Identity alerts: pages (the list, one of them) → explained (which traits agree, weigh, differ) → states (closed)."""
