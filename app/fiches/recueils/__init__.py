"""The complementary collections of a fiche: kept beside it, by people alone.

models (tables) · record (in memory) · rows (SQL) → store (load, keep) → save (the one path) · history (who changed
what) · screen (what the page shows) · shape (JSON) · views (history page).
"""
