"""THE HELP: guide (the variables, written by the definition itself; say_condition) → views (with the shortcuts)."""
