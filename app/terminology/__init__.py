"""WHICH CODES EXIST: the terminologies that are too large to be value sets.

disorders, phenotypes, genes, places (small tables of the most used codes, written by hand) → terms (Term, the table of
sources, label_of, search) → labelling (a coded answer typed without its label gets it).

A full terminology takes the place of a small table by giving `terms.SOURCES` another source for its system.
"""
