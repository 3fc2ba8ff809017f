"""Do again what happened to a fiche: the documents, what people typed, the merges, in their order.

family (the fiches that must be played together) → states (every state a block has had) → events (what happened, when)
→ play (an event on fiches in memory: documents through the rules themselves) → compare (the first difference)
→ rebuild (`fiches rebuild`). names: the ids that what is played again must bear.
"""
