"""The ways in, one pipeline behind: tokens (which channel calls) → http (the HTTP API).

The hospital comes from the channel only, never from the document (connected-mode 2)."""
