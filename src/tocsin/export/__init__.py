"""The record as files that other programs read."""

from tocsin.export.formats import FORMATS, Writer, write_csv, write_geojson, write_jsonl

__all__ = ["FORMATS", "Writer", "write_csv", "write_geojson", "write_jsonl"]
