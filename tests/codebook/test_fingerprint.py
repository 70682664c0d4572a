"""Weights of linking change no coding, and words of coding change no link."""

from pathlib import Path

from tocsin.codebook.fingerprint import codebook_hash, link_hash
from tocsin.pipeline import Settings


def test_weights_of_linking_have_a_hash_of_their_own(tmp_path: Path) -> None:
    before, linked = codebook_hash(tmp_path), link_hash(tmp_path)
    (tmp_path / "link_weights.toml").write_text("threshold = 3\n", encoding="utf-8")
    assert codebook_hash(tmp_path) == before
    assert link_hash(tmp_path) != linked
    (tmp_path / "demands.toml").write_text("\n", encoding="utf-8")
    assert codebook_hash(tmp_path) != before
    assert Settings(codebook=tmp_path).coder != Settings().coder


def test_what_claims_come_to_changes_neither_coding_nor_link(tmp_path: Path) -> None:
    before = codebook_hash(tmp_path), link_hash(tmp_path)
    (tmp_path / "figures.toml").write_text('[policies]\nofficials = ["court"]\n', encoding="utf-8")
    assert (codebook_hash(tmp_path), link_hash(tmp_path)) == before


def test_how_the_record_is_told_to_others_changes_neither_coding_nor_link(tmp_path: Path) -> None:
    before = codebook_hash(tmp_path), link_hash(tmp_path)
    (tmp_path / "export_acled.toml").write_text('missing = "-"\n', encoding="utf-8")
    assert (codebook_hash(tmp_path), link_hash(tmp_path)) == before
