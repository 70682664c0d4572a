"""What a spreadsheet would run, made plain text."""

#: A cell that begins so may be run as a formula, or break out of its cell, in Excel, LibreOffice or Google Sheets
#: (OWASP, "CSV Injection"); the wide forms are read like the narrow ones in East Asian settings.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def plain_cell(value: str | float | bool | None) -> str:
    """Return a cell's text: unknown is empty, zero is 0, and words that would be run have an apostrophe before them.

    Numbers are written as they are: a minus sign of ours runs nothing.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "'" + value if value.startswith(DANGEROUS) else value
    return str(value)
