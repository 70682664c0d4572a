"""The HTML report: map, timeline, tables, every figure with its quote, in one file that needs no network."""

from tocsin.report.page import render_report

__all__ = ["render_report"]
