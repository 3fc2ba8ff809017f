"""HOW A DEFINITION CHANGES: described as data → weighed on the fiches → published from a day on → read by everybody.

revision (changes to a block, pure) · described (read them from JSON, pure) · editions (a collection with the editions
that were published, pure) · models (tables) · keep (describe, publish) ·
published (what is in force now).

Publishing rewrites no answer: what was stored under a former edition is read with that edition's labels.
"""
