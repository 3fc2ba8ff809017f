"""« RECHERCHER UN PATIENT »: keep the words → read what is typed → find, the best first.

Keep: words (the words of a name, and how near two are; pure) · models (tables) · statements (the SQL that keeps them).
Read: asked (dates, numbers, names; pure) · readings (the ways to read them as known words; pure).
Find: known (by a number) · named (by names) · find (the whole search, in tiers).
"""
