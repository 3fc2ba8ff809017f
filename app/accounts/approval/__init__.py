"""Who decides on a request for an account, and what a decision changes."""
