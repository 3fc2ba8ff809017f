"""Merge two fiches of one person (M1), and part them again (M2).

Merge: refusals (two people's, or not yet) → pairs (which blocks speak of the same thing) → suggest (which value to
keep, and why) → plan (what the person has to choose) → apply (the one fiche) — all pure. Then merge (the one path of
screen and command) and moves (the SQL).
Show: shown (the plan, in words).
Part: sides (whose is what came later, pure) → part (both fiches, played again without the merge by `replay`) → relink
(the pregnancies of their mother).
"""
