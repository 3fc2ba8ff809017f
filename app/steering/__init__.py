"""STEERING: the figures of a place, each of which opens the list behind it.

figures (what is counted, and the share of each) → views (`/tableaux-de-bord`).
"""
