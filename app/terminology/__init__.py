"""WHICH CODES EXIST: the terminologies that are too large to be value sets.

systems (what each is called, how its codes are typed) · concepts (what a terminology is made of) → facts/ (terms
written by hand) and formats/ (the official files) → loading/ (take a file in), embedded (what is taken in without any
official file) → models (what is kept, in `control`) → library (the shelves in memory) → shelf (the terms of one) →
index/ (find one as people type) → lists (what a form chooses from) · recent (what a site chose lately) → terms,
labelling (labels of codes) → search, known (codes that no terminology has), missing_codes (what no list has, asked of
the filière) and missing_code_answers (what becomes of it, told by missing_code_letter), views, commands.
"""
