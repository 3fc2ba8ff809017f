"""Long work: many replays, the filling of a test site. It goes on when the page that asked for it is closed.

models  the table, in each hospital's schema: what there is to do and how far it is
works   open a work, read it, do its next piece
jobs    the doorbell of works: a worker does them piece by piece, the scheduler sees to those forgotten

A piece may be done twice: what does it gives the same result for the same `done`.
"""
