"""Asking for an account."""
