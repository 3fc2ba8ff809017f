"""A document, from its arrival to the fiche, in the order of the journey.

Arriving: `channels` (who brings it) → `receive` (its bytes are kept) → `jobs` (the doorbell, `worker` answers it)
→ `inbox` (one worker per hospital, in order) → `claim` (what it takes, and how often) → `opening` (of mails and
archives, by `unwrap`) → `ahead` (what the documents of a batch will ask, asked at once) → `settle` (one document, whole
or not at all). `receptions` tells what became of all that.

Reading: `xml_limits`, `xml_encoding` → `parse`, with its tables `paths` and `block_paths` and its readers `walk`,
`reading`, `values`, `canonical`, `moments`, `ids`, `traits`, `statements`, `blocks`, `diagnoses` → `document`
→ `qualify` (local ids, by the hospital's OIDs) → `known_codes` (those that no terminology has)
→ `official` (the XSD and the schematron of the site, where it has them).

Deciding (pure): `integrate`, the recipe → `check` → `identify`, with its `ladder` → `is_it_new`, with `fingerprint`
→ `reconcile`, with `reconcile_patient`, `reconcile_blocks`, `reconcile_fetuses`, `reconcile_items` and the `journal`
→ `outcomes`.

Concluding: `archive` (what was integrated before) → `verdict` → `conclude` (what it leaves) → `batch` (written, for
fifty documents at once) → `acknowledge` (the words) → `answers` (to mails).

Beside: `preview` (the same, undone), `previewed` (shown, with its trace), `ingest` and `commands`, `models` (the
tables), `watch` (what the chef de projet SI follows), `stopwatch` and `crash` (limits, drills).
"""
