"""From a record to files that others read: which rows, in which layout, and what was lost.

1. choose   the events that are meant, with their figures           happenings.py
2. rows     large tables straight from the record, the rest of nouns  tables.py
3. write    one file, or a zip with a descriptor, and the losses      files.py
"""
