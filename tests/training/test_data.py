"""What the model is trained on is coded as the codebook says."""

from pathlib import Path

from tocsin.codebook import load_codebook
from tocsin.datamodel.coded import read

DATA = Path(__file__).parents[2] / "training" / "data"


def test_coded_documents_are_well_formed_and_differ() -> None:
    documents = [one for file in sorted(DATA.glob("*.jsonl")) for one in read(file)]
    assert len({one.document.id for one in documents}) == len(documents) >= 270
    assert len({one.document.text for one in documents}) == len(documents)
    assert all(one.document.licence == "original" for one in documents)
    words = load_codebook().vocabulary
    for one in documents:
        for mention in one.mentions:
            assert mention.type in words.types, one.document.id
            assert mention.modality in words.modalities, one.document.id
            assert mention.scope in words.scopes, one.document.id
            assert mention.form is None or mention.form in words.types[mention.type].forms, one.document.id
            assert all(claim.attribute in words.attributes for claim in mention.claims), one.document.id
            assert all(actor.role in words.roles for actor in mention.actors), one.document.id


def test_labels_name_types_and_modalities_of_the_codebook() -> None:
    words = load_codebook().vocabulary
    seen = set()
    for line in (DATA / "causal-news-labels.tsv").read_text(encoding="utf-8").splitlines():
        name, labels = line.split("\t")
        assert name not in seen
        seen.add(name)
        for label in labels.split("; ") if labels != "-" else []:
            trigger, kind = label.rsplit("=", 1)
            kind, _, modality = kind.partition("/")
            assert trigger and kind in words.types and modality in ("", *words.modalities), line
