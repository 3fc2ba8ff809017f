"""READING THE OFFICIAL FILES: one small module per format (formats.md §3), all giving Staged.

files (open, bounded) → xml, tables (walk through one, safely) → orpha, orpha_classification, hpo, hpo_french, hgnc,
cim10, cog, cog_etalab, countries, finess, finess_json, value_sets, rpps (one publication each) → sniff (which of them a
file is).
"""
