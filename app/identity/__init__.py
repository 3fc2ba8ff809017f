"""Who is who in a hospital: alerts → search for duplicates → merge → part → rebuild.

`alerts`: what waits for a person, explained. `search`: the nightly search for two fiches of one person.
`merging`: merge two fiches, and undo it. `replay`: do again what happened to a fiche.
Use: `views`, `merge_views` (screens) · `commands`. Keep: `models` (tables).
"""
