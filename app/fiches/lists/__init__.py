"""LISTS OF FICHES: keep their lines → say which → read a page → take it away.

Keep: models (tables) · lines (a fiche → its lines, and who acted on it; pure) · statements (the SQL that keeps them) ·
counts (the counters, and their folding).
Which: mine (« mes fiches », by profession; pure) · filters (what a person asks; pure) · conditions (what each asks of
the lines) · disease (the one that is filtered by) · scope (whose list it is) · saved (filters kept aside, so that no
address carries a birth date).
Read: sorts and columns (two tables) · pages (by key, both ways) · cells (a line as the page shows it) · shown (the
whole of it) · last (the last fiches of somebody, of a site).
Use: views (screens) · export.
"""
