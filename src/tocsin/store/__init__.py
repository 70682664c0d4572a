"""The record: documents, mentions, claims and decisions in one SQLite file."""
