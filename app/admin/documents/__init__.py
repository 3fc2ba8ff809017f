"""The connected mode as the chef de projet SI of a hospital sees it (connected-mode 9); the nation sees counts only.

words          states, groups, channels and works in French
chart          the received documents by day, as bars (pure)
journal        counts, chart, list, search
nation         the counts of the hospitals, a page at a time
document_page  one document: report, lines of XML, changes, answer; revealing is a POST, and leaves a trace
document_acts  replay one or many, download
work_page      how far a long work is
dropped        the files that a form brings
upload         files dropped, received, followed
channels       list, open, renew, revoke, try a channel; the threshold of the letter about rejections
test_site      the hospital's twin: opened, filled, emptied
trial          the validator: what a document would change, nothing written
"""
