"""Documents whose every field would run if a page took it for markup."""

from datetime import date

from tocsin.datamodel import Actor, Claim, CodedDocument, DateRange, Document, Evidence, Mention, Place, Span, Speaker

PAYLOADS = (
    "<script>fired()</script>",
    "</script><script>fired()</script>",
    "<!--<script>fired()</script>",
    '"><img src=x onerror=fired()>',
    "' onmouseover='fired()' x='",
    "<svg onload=fired()>",
    "javascript:fired()",
    "]]><script>fired()</script>",
    "</title></style></textarea><iframe srcdoc='<script>parent.fired()</script>'></iframe>",
    "{{ 7 * 7 }}{% raw %}${fired()}",
    "\u2028fired()\u2029//",
    "<base href='http://elsewhere.example/'><link rel=stylesheet href='http://elsewhere.example/x.css'>",
    "😀 <b>bold</b> &lt;script&gt; \x00 \ud800 end",
)


def hostile_document(payload: str, number: int = 0) -> CodedDocument:
    """Return a document that has a payload in every field that holds words."""
    sentence = f"{payload} Police held 30 people {payload} in Minsk."
    text = f"{payload}\n\n{sentence}\n\n{payload}"
    start = text.index(sentence)

    def span(words: str) -> Span:
        return Span.find(text, words, start, start + len(sentence))

    claim = Claim(
        "affected", 30, None, True, payload, span("30 people"), (Speaker(span(payload), payload),), span(payload)
    )
    odd = Claim(payload, None, 3, False, None, span(payload))
    mention = Mention(
        id=payload,
        type="detention" if number % 2 else payload,
        form=payload,
        modality="denied" if number % 3 else payload,
        scope="single" if number % 4 else "total",
        date=DateRange(date(2020, 8, 9), date(2020, 8, 9), "day", payload),
        places=(
            Place(span("Minsk"), payload, payload, payload, 53.9, 27.6, 1),
            Place(None, f"{payload} too", "BY", lat=float("nan"), lon=float("inf")),
        ),
        actors=(Actor("authority", span("Police")), Actor(payload, span(payload))),
        claims=(claim, odd),
        demands=(span(payload),),
        means=(payload,),
        context=payload,
        event=payload,
        evidence=(Evidence(Span(start, start + len(sentence), sentence), span("held")),),
    )
    document = Document(
        id=f"{payload}{number}",
        text=text,
        title=payload,
        publisher=payload,
        published=date(2020, 8, 10),
        author=payload,
        language=payload,
        url=f"http://elsewhere.example/{payload}",
        licence=payload,
    )
    return CodedDocument(document, (mention,))


def hostile_documents() -> list[CodedDocument]:
    """Return one document a payload."""
    return [hostile_document(payload, number) for number, payload in enumerate(PAYLOADS)]
