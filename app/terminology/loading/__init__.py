"""TAKING A FILE IN: sniff → stage → control → compare → write (formats.md §3.10).

compare (what would change, pure) → control (what refuses a file, what is only told, pure) → keep (the SQL) → load (the
recipe, one transaction) → report (what is told of it).
"""
