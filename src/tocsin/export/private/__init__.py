"""Exports in which private persons cannot be told: what is held back, and what stands instead."""

from tocsin.export.private.disclosures import Disclosure, Disclosures
from tocsin.export.private.names import Known, NameFinder
from tocsin.export.private.protect import Protector, new_key

__all__ = ["Disclosure", "Disclosures", "Known", "NameFinder", "Protector", "new_key"]
