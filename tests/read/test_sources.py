"""Folders, links and odd files."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tocsin.read.sources import find_sources, shown


def names(path: Path) -> list[tuple[str, str]]:
    return [(str(Path(s.name).relative_to(path)), s.problem) for s in find_sources([path])]


def test_a_folder_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b/two.txt", "b/one.txt", "a.txt", "c.txt", ".hidden/x.txt", ".DS_Store"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert names(tmp_path) == [("a.txt", ""), ("b/one.txt", ""), ("b/two.txt", ""), ("c.txt", "")]


def test_sidecars_are_no_sources(tmp_path: Path) -> None:
    for name in ("a.html", "a.html.meta.json", "b.txt", "b.txt.toml", "alone.json", "alone.txt.meta.json"):
        (tmp_path / name).touch()
    assert [name for name, _ in names(tmp_path)] == ["a.html", "alone.json", "alone.txt.meta.json", "b.txt"]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "x.txt").touch()
    (tmp_path / "a" / "b" / "loop").symlink_to(tmp_path / "a")
    (tmp_path / "other").symlink_to(tmp_path / "a" / "b")
    found = names(tmp_path)
    assert [name for name, problem in found if not problem] == ["a/b/x.txt", "other/x.txt"]
    assert {problem for _, problem in found if problem} == {"is a link back to a folder it lies in; it is not followed"}


def test_links_to_nothing_and_to_themselves(tmp_path: Path) -> None:
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (gone, why), (self, loop) = names(tmp_path)
    assert (gone, why) == ("gone", "is not there; check the path")
    assert self == "self" and "cannot be opened" in loop


def test_paths_that_are_not_there(tmp_path: Path) -> None:
    (tmp_path / "file.txt").touch()
    found = list(find_sources([tmp_path / "no", tmp_path / "file.txt" / "x", tmp_path / ("x" * 5000)]))
    assert all(source.problem and source.status == "failed" for source in found)
    assert len(found) == 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (source,) = find_sources([tmp_path])
    assert source.status == "refused"
    assert "no regular file" in source.problem


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are always Unicode there")
def test_a_name_that_is_not_utf_8(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    Path(path).write_text("Some 300 nurses walked out.")
    (source,) = find_sources([tmp_path])
    assert source.name == f"{tmp_path}/caf\\xe9.txt"
    source.name.encode("utf-8")


def test_names_of_every_script_stay(tmp_path: Path) -> None:
    assert shown(tmp_path / "забастовка.txt").endswith("/забастовка.txt")


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are other ones there")
def test_what_may_not_be_read(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything; run the tests as another user")
    for name in ("file.txt", "folder"):
        (tmp_path / name).mkdir() if name == "folder" else (tmp_path / name).write_text("x")
        (tmp_path / name).chmod(0)
    code = "import sys; from tocsin.read import read_sources; print(*[v.status for v in read_sources(sys.argv[1:])])"
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    (tmp_path / "folder").chmod(0o700)
    assert done.stdout.split() == ["failed", "failed"]
