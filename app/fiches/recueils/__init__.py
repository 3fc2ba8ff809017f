"""The complementary collections of a fiche: kept beside it, by people alone.

models (tables) · record (in memory) · rows (SQL) → save (the one path) · right (who may) · labels (the words of each
edition) · titles and screen (what the page shows) · history (who changed what) · origin (of one value) ·
shape (JSON) · views.
"""
