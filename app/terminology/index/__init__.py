"""FINDING A TERM AS PEOPLE TYPE IT, in memory.

fold (a text without accents nor empty words) → trigrams (its pieces, as numbers) → packed (many texts in one piece of
memory) → ranked (Index: the texts of one terminology, the best first).
"""
