"""PAPER: what leaves the screen for a sheet. What is printed → how it is set → where one asks for it.

What (pure): imprint (who printed, where, when) · fiche_sheet (a fiche as the screen shows it, its complementary
collections included) with card (one block) and activity_table (its activities, once they are many) · question (one
question of the bordereau) with boxes, cells (how it is answered by hand) and asked (is it asked, must it be) ·
bordereau (the whole paper form, blank or with what is known) with activity_grid and collections (the complementary
ones, whose right the person has).
How: drawn (what our fonts can draw) → press (typst, in memory, with templates/paper).
Where: views (`/fiches/<id>/imprimer`, `/fiches/<id>/bordereau`, `/bordereau`), each a reading with its trace.
"""
