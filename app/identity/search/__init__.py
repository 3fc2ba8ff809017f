"""The nightly search for two fiches of one person, in one hospital. It suggests; nothing merges by itself.

people (traits in one spelling) · near (how far a name is from another) → levels (how alike two traits are, what it
weighs, how it reads: one table) → blocking (which pairs to compare) → verdict (which pairs to suggest) — all pure. Then
linkage (Splink, in memory), nightly (one hospital), alone (in its own process) and jobs (the round
of a night).
"""
