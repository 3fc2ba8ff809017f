"""WHAT IS MISSING: mark it when a fiche is kept → list it → lead to the very field (« Ce qui manque »).

marks (what a fiche lacks, stored) → work_list (which fiches lack what) → to_do (each line with its field) → addresses
(of the fields) → views (the screen). telling: those that an upgrade has not told yet.
"""
