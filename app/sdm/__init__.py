"""WHAT A RECORD MAY CONTAIN: the declarative definition of the SDM-MR. Pure: standard library only.

answers (kinds of answer; written_dates: as people type them) → model (Item, Block, Merge) → oids, concepts, sets/,
value_sets (codes and their crosswalk) → view, conditions, constraints, coherence, dates (the rules) → kinds → patient
(with patient_identity, patient_situation, patient_health), prise_en_charge, activite, diagnostic (with diagnostic_age),
grossesse → self_check → definition (BLOCKS) → typed_codes (which codes a person may type) → check (check_block: what is
missing or incoherent) → identity (who a patient is).
"""
