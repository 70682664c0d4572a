"""Mentions to events."""

from tocsin.link.digest import digest_of
from tocsin.link.link import LinkResult, link_mentions
from tocsin.link.naming import name_mentions
from tocsin.link.update import Update, update_links
from tocsin.link.whole import PackedDocument, Whole, link_all, pack_document

__all__ = [
    "LinkResult",
    "PackedDocument",
    "Update",
    "Whole",
    "digest_of",
    "link_all",
    "link_mentions",
    "name_mentions",
    "pack_document",
    "update_links",
]
