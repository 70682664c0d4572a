"""PDF files."""

from collections.abc import Callable
from datetime import date

from tocsin.datamodel import Document, ReadVerdict

Judge = Callable[..., list[ReadVerdict]]
Pdf = Callable[..., bytes]

PAGE = [
    "Dockers stop work in Gdynia",
    "By Ewa Lis",
    "4 March 2021",
    "Some 400 dockers stopped work in the port of Gdynia on Thursday over unpaid",
    "overtime, their union said. The port authority put the number at 150 and said",
    "that ships were unloaded.",
    "Talks between the two sides are to be held on Friday at the office of the labour",
    "inspector (who is new).",
]


def test_the_lines_of_a_paragraph_are_joined(read_one: Callable[..., Document], pdf: Pdf) -> None:
    document = read_one("a.pdf", pdf([PAGE, ["And a second page."]], title="Microsoft Word - final.doc"))
    assert "on Thursday over unpaid overtime, their union said." in document.text
    assert "unloaded.\n\nTalks" in document.text
    assert document.text.endswith("inspector (who is new).\n\nAnd a second page.")
    assert (document.title, document.author) == ("Dockers stop work in Gdynia", "Ewa Lis")
    assert document.published == date(2021, 3, 4)


def test_the_title_that_a_file_gives(read_one: Callable[..., Document], pdf: Pdf) -> None:
    assert read_one("a.pdf", pdf([PAGE], title="The port stands still")).title == "The port stands still"


def test_images_only(judge: Judge, pdf: Pdf) -> None:
    (verdict,) = judge("a.pdf", pdf([[], []], image=True))
    assert (verdict.status, verdict.reason) == ("failed", "has no text; it is images only; run OCR first")


def test_pages_without_text_are_counted(judge: Judge, pdf: Pdf) -> None:
    (verdict,) = judge("a.pdf", pdf([PAGE, [], []]))
    assert verdict.status == "read"
    assert verdict.reason == "2 of its 3 pages have no text; run OCR on them"


def test_a_damaged_file(judge: Judge, pdf: Pdf) -> None:
    (cut,) = judge("a.pdf", pdf([PAGE])[:200])
    assert cut.status == "failed"
    (noise,) = judge("b.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20)
    assert noise.status == "failed"
    assert "is damaged" in noise.reason


def test_a_pdf_without_its_suffix(read_one: Callable[..., Document], pdf: Pdf) -> None:
    assert "400 dockers" in read_one("a.txt", pdf([PAGE])).text
