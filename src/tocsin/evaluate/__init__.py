"""Coded documents against coded documents."""

from tocsin.evaluate.scores import Error, Report, Share, Tally, score_documents

__all__ = ["Error", "Report", "Share", "Tally", "score_documents"]
