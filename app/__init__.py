"""BaMaRa."""
