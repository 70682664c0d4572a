"""The nouns of tocsin: frozen, standard library only."""

from tocsin.datamodel.claim import Claim, Number, Speaker
from tocsin.datamodel.coded import CodedDocument
from tocsin.datamodel.decision import Decision
from tocsin.datamodel.document import Document
from tocsin.datamodel.event import Event
from tocsin.datamodel.extraction import Extraction, Extractor, Note
from tocsin.datamodel.figure import Figure, Statement, Voice
from tocsin.datamodel.mention import Actor, DateRange, Evidence, Mention, Place
from tocsin.datamodel.readings import Attribution, DateReading, NumberReading, PlaceCandidate, PlaceReading
from tocsin.datamodel.span import Span
from tocsin.datamodel.verdict import ReadVerdict

__all__ = [
    "Actor",
    "Attribution",
    "Claim",
    "CodedDocument",
    "DateRange",
    "DateReading",
    "Decision",
    "Document",
    "Event",
    "Evidence",
    "Extraction",
    "Extractor",
    "Figure",
    "Mention",
    "Note",
    "Number",
    "NumberReading",
    "Place",
    "PlaceCandidate",
    "PlaceReading",
    "ReadVerdict",
    "Span",
    "Speaker",
    "Statement",
    "Voice",
]
