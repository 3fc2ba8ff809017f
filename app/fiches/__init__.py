"""The fiche: find → read → edit → keep.

What it is: record (in memory, pure) · provenance (where each value comes from) · names (sort keys) · wording (in French).
Keep: models (tables) · rows (fiche ↔ rows) · statements (the SQL) · store (load, keep, candidates) · quality (its state).
Find: find (by identifier, lists) · search (as people type) · duplicates (who may be the same person).
Read: shape (JSON) · on_paper (plain text) · history (who changed what) · reading (every reading leaves a trace).
Edit: edit (check and apply, pure) · known_by (INS, IPP typed) · save (the one path) · birth (a fetus is born) ·
author (whose edit) · proposals and alerts (what waits for a person).
Use: views (screens) · commands.
"""
