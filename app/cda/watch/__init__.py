"""What a hospital's chef de projet SI sees of the inbox (connected-mode 9), identities masked unless revealed.

masks      the XML of a document with its identities masked (pure)
excerpts   the lines of it that a report points at, with those around (pure)
sought     what a search of the journal asks (pure)
listing    the journal: filters, search, keyset pages
counts     how many documents, by day, by state, by rejection code
opened     one document: report, lines, changes item by item, answer
replay     one document received again, or many, piece by piece
threshold  the letter that leaves when rejections pass a threshold
"""
