"""Coded documents against coded documents."""

from tocsin.evaluate.rivals import Rivals, compare_rivals
from tocsin.evaluate.scores import Error, Report, Share, Tally, score_documents

__all__ = ["Error", "Report", "Rivals", "Share", "Tally", "compare_rivals", "score_documents"]
