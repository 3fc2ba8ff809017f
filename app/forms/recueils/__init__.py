"""The forms of the complementary collections, by the machinery of the others: place (which block, may
this person) → sheet → save → views · restore (a value of before), restore_views."""
