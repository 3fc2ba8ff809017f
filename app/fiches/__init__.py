"""The fiche: find → read → edit → keep.

What it is: record (in memory, pure) · provenance (where a value comes from) · names (sort keys) · wording (in French) ·
ages · quality (its state).
Keep: models (tables; columns: what they share) · rows (fiche ↔ rows) · statements (the SQL) · store (load, keep).
Find: find (by identifier) · search (as people type) · lists (page by page) · duplicates (who may be the same person).
Read: shape (JSON) · on_paper (plain text) · history (who changed what) · reading (every reading leaves a trace) ·
shown/ (as the screen shows it).
Edit: edit (check and apply, pure) · known_by (INS, IPP typed) · save (the one path) · birth (a fetus is born) · fetuses
(a fetus is opened) · fetus_link (its pregnancy) · fetus_items, fetus_copies (what is changed of it in one place is
changed in the other) · author (whose edit) · proposals and alerts (what waits for a person) · proposal_views (their
list).
Beside: missing/ (« Ce qui manque ») · help/ (the guide of the variables) · recueils/ (the complementary collections) ·
impact/ (what an edition of a definition would change).
Use: views (screens) · commands.
"""
