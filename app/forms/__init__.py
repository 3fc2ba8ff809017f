"""A CLINICIAN'S FORM: generate → fill → check → save, from the definition of the SDM.

kinds/ (one field kind per answer kind) → field (the one WTForms field) → shown (which questions), watched (the same, as
the page evaluates it), notes (what the DPI will replace) → generate (the form of a block).
"""
