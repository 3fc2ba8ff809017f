"""THE FICHE AS THE SCREEN SHOWS IT, derived from the definition.

screen (sections of cards of groups of lines), with its words: titles (of cards), display (of values), chips (where a
value comes from) — all pure. around (what surrounds the fiche) · origin (the panel behind a chip).
"""
