"""Mentions to events."""

from tocsin.link.link import LinkResult, link_mentions
from tocsin.link.naming import name_mentions

__all__ = ["LinkResult", "link_mentions", "name_mentions"]
