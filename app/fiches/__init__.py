"""The fiche: find → read → edit → keep.

What it is: record (in memory, pure) · provenance (where a value comes from) · names (sort keys) · wording (in French) ·
quality (its state).
Keep: models (tables; columns: what they share) · rows (fiche ↔ rows) · statements (the SQL) · store (load, keep).
Find: find (by identifier, lists) · search (as people type) · duplicates (who may be the same person).
Read: shape (JSON) · on_paper (plain text) · history (who changed what) · reading (every reading leaves a trace).
To do: marks (what a fiche lacks, stored) · work_list (which fiches lack what) · to_do (each line with its field) ·
addresses (of the fields) · telling (those not told yet) · work_views (« Ce qui manque »).
Edit: edit (check and apply, pure) · known_by (INS, IPP typed) · save (the one path) · birth (a fetus is born) ·
fetuses (a fetus is opened) · author (whose edit) · proposals and alerts (what waits for a person) ·
proposal_views (their list).
Beside: recueils/ (the complementary collections) · impact/ (what an edition of a definition would change).
Use: views (screens) · commands.
"""
