"""`tocsin link`: coded documents in, the same with their events, out."""

from pathlib import Path

from tocsin.cli.console import CodebookOption, PathsArgument, Tally, input_lines, put


def link(paths: PathsArgument, codebook: CodebookOption = None) -> None:
    """Put mentions of several documents together: coded documents in, the same with "event" filled, out.

    Mentions that are one happening get the same event; a mention that no other document tells has none. Documents go
    out in the order in which they came, as JSON Lines.
    """
    import json

    from tocsin.datamodel import CodedDocument, coded
    from tocsin.errors import CodedError
    from tocsin.pipeline import Settings, link_documents

    tally = Tally()
    documents: list[CodedDocument] = []

    def take(objects: "list[coded.Json]") -> None:
        for one in objects:
            try:
                documents.append(coded.parse(one, strict=False))
            except CodedError as error:
                tally.note_failure(error)

    for path in paths:
        if path == "-":
            for number, line in enumerate(input_lines("-"), 1):
                try:
                    take([json.loads(line)] if line.strip() else [])
                except json.JSONDecodeError as error:
                    tally.note_failure(f"-, line {number}: is not JSON ({error})")
            continue
        folder = Path(path)
        for file in sorted(folder.rglob("*.json*")) if folder.is_dir() else [folder]:
            try:
                take(list(coded.read_objects(file)))
            except (CodedError, OSError, UnicodeDecodeError) as error:
                tally.note_failure(f"{file}: {getattr(error, 'strerror', None) or error}")
    for one in link_documents(documents, Settings(codebook=codebook)):
        tally.done += 1
        put("".join(coded.write([one])))
    tally.leave(f"{', '.join(paths)}: holds no coded document; `tocsin code` makes them")
