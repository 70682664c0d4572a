"""Bytes to documents: text, HTML, PDF, JSON Lines, CSV, feeds, WARC, folders and standard input.

1. find      paths -> sources, folders walked               (sources)
2. bid       name and first bytes -> format                 (formats; one file a format)
3. parse     bytes -> parts; foreign bytes in a child       (text, html, ...; sandbox, child)
4. complete  options > sidecar > what the format says, ids  (complete)
"""

from tocsin.read.manager import read_sources
from tocsin.read.options import ReadOptions

__all__ = ["ReadOptions", "read_sources"]
