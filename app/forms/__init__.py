"""A CLINICIAN'S FORM: generate → fill → check → save, from the definition of the SDM.

Generate: kinds/ (one field kind per answer kind) → field (the one WTForms field) → shown (which questions), watched
(the same, as the page evaluates it), notes (what the DPI will replace) → generate (the form of a block) → drawn_once
(most of it is empty).
Fill: around (what a form must know of the rest) · words and cuts (which part of a block a page edits) · sheet (a page
to fill) · suggestions (what is almost sure) · duplicates (who may have a fiche already).
Keep: models, drafts (what is being typed) · opened (whose form, what it creates) · rescue (what came after the end of
the session).
Check: contradictions (told while one types) · same_activity (the same one, twice on one day).
Save: desk (who, where), choices (the codes it brings, offered again) · create, add, edit, pregnancy_end · meanwhile,
merge and clash (two people at once) · sent_twice (one form, one block) · answer (what is told).
History: restore (a value of before, as a new edit).
Beside: missing_code_views (a code that no list has) · recueils/ (the forms of the complementary collections).
Pages: views, new_views, act_views, draft_views, restore_views, gathered in pages.
"""
