"""What an edition of a definition would change on the fiches, before it is published.

weigh (one fiche, pure) → tally (counts by site, by item; small ones hidden, pure) → stream (every fiche of a hospital,
a page at a time) → reports (asked, computed, kept in `control`) → publish · commands.

Nothing is written in any hospital but the trace of the reading.
"""
