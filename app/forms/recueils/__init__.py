"""The forms of the complementary collections, by the machinery of the others: right → sheet → save → views."""
