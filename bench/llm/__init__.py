"""Recorded answers of language models, played back by a real HTTP server on loopback."""
