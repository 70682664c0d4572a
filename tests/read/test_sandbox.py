"""The child process: what a parser may not do, and what becomes of a run when one tries."""

import json
import os
import socket
import sys
import textwrap
from pathlib import Path

import pytest

from tocsin.read.parts import Part
from tocsin.read.sandbox import COMMAND, Sandbox

# A child like the real one, with one more parser, "bad", whose body a test writes.
CHILD = """
import sys
from tocsin.read import child, formats
from tocsin.read.parts import found
from tocsin.datamodel.document import Document
def bad(stream, *, limit):
{body}
    yield found(Document("", "it went through"))
formats.BY_NAME["bad"] = formats.Format("bad", None, bad)
child.main()
"""


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.html"
    path.write_text("<html><body><article>" + "<p>Some 300 nurses walked out on Monday, they said.</p>" * 3)
    return path


def run(body: str, path: Path, *, seconds: int = 10, clock: float = 120) -> tuple[list[Part], list[Part]]:
    """Return the parts of a bad parser, and of a good one on the same sandbox after it."""
    code = CHILD.format(body=textwrap.indent(textwrap.dedent(body), "    "))
    command = (sys.executable, "-I", "-c", code)
    with Sandbox(seconds=seconds, memory_mb=600, clock=clock, command=command) as sandbox:
        sandbox.order("bad", path, limit=1_000_000)
        bad = list(sandbox.answers())
        sandbox.order("html", path, limit=1_000_000)
        return bad, list(sandbox.answers())


def test_a_parser_has_no_network(story: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        (bad,), (good,) = run(f"import socket; socket.create_connection(('127.0.0.1', {port}))", story)
        assert bad.status == "failed"
        assert "socket" in bad.reason
        with pytest.raises(TimeoutError):
            server.accept()
    assert good.status == "read"


@pytest.mark.skipif(sys.platform != "linux", reason="network namespaces are Linux's")
def test_code_below_python_has_no_network_either(story: Path) -> None:
    # The C library's own socket calls, which no audit of Python sees.
    body = """
        import ctypes, struct
        libc = ctypes.CDLL(None, use_errno=True)
        handle = libc.socket(2, 1, 0)
        address = struct.pack("=HHI8x", 2, (lambda p: (p & 255) << 8 | p >> 8)({port}), 0x0100007F)
        if libc.connect(handle, address, 16) != 0:
            raise OSError("no way out")
    """
    with socket.create_server(("127.0.0.1", 0)) as server:
        (bad,), (good,) = run(body.replace("{port}", str(server.getsockname()[1])), story)
    if bad.status == "read":
        pytest.skip("this system lets nobody make a network namespace")
    assert "no way out" in bad.reason
    assert good.status == "read"


@pytest.mark.parametrize(
    "body",
    [
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "open('/tmp/tocsin-was-here', 'w')",
        "import os; os.open('/tmp/tocsin-was-here', os.O_CREAT | os.O_RDWR)",
    ],
)
def test_a_parser_starts_no_program_and_writes_no_file(story: Path, body: str) -> None:
    (bad,), (good,) = run(body, story)
    assert bad.status == "failed"
    assert "a parser may not" in bad.reason
    assert not Path("/tmp/tocsin-was-here").exists()
    assert good.status == "read"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of memory for a process")
def test_memory_runs_out(story: Path) -> None:
    (bad,), (good,) = run("x = [b'x' * 1_000_000 for _ in range(2000)]", story)
    assert bad == Part(
        "", "failed", "needs more than 600 MB of memory to take apart; open it and save it as text, or raise the limit"
    )
    assert good.status == "read"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of processor time for a process")
def test_processor_time_runs_out(story: Path) -> None:
    (bad,), (good,) = run("while True: pass", story, seconds=1)
    assert bad.status == "failed"
    assert "more than 1 s of processor time" in bad.reason
    assert good.status == "read"


def test_the_clock_runs_out(story: Path) -> None:
    (bad,), (good,) = run("import time; time.sleep(100)", story, clock=6)
    assert bad.status == "failed"
    assert "longer than 6 s" in bad.reason
    assert good.status == "read"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("import os; os._exit(3)", "status 3"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "Segmentation fault"),
        ("raise ValueError('odd bytes')", "ValueError: odd bytes"),
        ("def deep(): deep()\ndeep()", "RecursionError"),
    ],
)
def test_a_crash_is_told(story: Path, body: str, says: str) -> None:
    (bad,), (good,) = run(body, story)
    assert bad.status == "failed"
    assert says in bad.reason
    assert good.status == "read"


def test_what_a_parser_prints_is_no_answer(story: Path) -> None:
    (fine,), _ = run("import os; print('{}'); os.write(1, b'noise')", story)
    assert fine.document is not None and fine.document.text == "it went through"


@pytest.mark.parametrize(
    "answer",
    [
        "'nonsense'",
        "'[]'",
        "'null'",
        "'{}'",
        """'{"where": "", "status": "read", "reason": "", "document": 5}'""",
        """'{"where": "", "status": "read", "reason": "", "document": {"text": ["x"]}}'""",
        """'{"where": "", "status": "splendid", "reason": "", "document": {"text": "x"}}'""",
        """'{"where": 1, "status": "read", "reason": "", "document": {"text": "x"}}'""",
        "'[' * 100_000",
        "'x' * 20_000_000",
        "''",
    ],
)
def test_rubbish_from_the_child_is_a_failure(story: Path, answer: str) -> None:
    code = f"import sys; sys.stdin.readline(); print({answer})"
    with Sandbox(seconds=5, memory_mb=500, command=(sys.executable, "-c", code)) as sandbox:
        for _ in range(2):
            sandbox.order("html", story, limit=1000)
            (part,) = sandbox.answers()
            assert part.status == "failed"
            assert part.document is None


def test_what_the_child_says_is_made_storable(story: Path) -> None:
    answer = json.dumps(
        {
            "where": "a\nb",
            "status": "read",
            "reason": "\x1b[31m",
            "document": {"text": "a\ud800 \0", "title": "a\x00\nb"},
        }
    )
    code = f"import sys; sys.stdin.readline(); print({answer!r}); print('{{\"end\": true}}')"
    with Sandbox(seconds=5, memory_mb=500, command=(sys.executable, "-c", code)) as sandbox:
        sandbox.order("html", story, limit=1000)
        (part,) = sandbox.answers()
    assert part.document is not None
    assert part.document.text == "a\ufffd \ufffd"
    assert (part.where, part.reason, part.document.title) == ("a b", "[31m", "a\ufffd b")


def test_a_child_serves_many_files(story: Path) -> None:
    with Sandbox(seconds=10, memory_mb=600) as sandbox:
        serving = set()
        for _ in range(3):
            sandbox.order("html", story, limit=1_000_000)
            (part,) = sandbox.answers()
            assert part.status == "read"
            serving.add(sandbox.process_id)
    assert len(serving) == 1
    with pytest.raises(ProcessLookupError):
        os.kill(serving.pop() or 0, 0)


def test_a_child_that_cannot_be_started_is_told(story: Path) -> None:
    with Sandbox(seconds=10, memory_mb=600, command=("/nowhere/python",)) as sandbox:
        sandbox.order("html", story, limit=1_000_000)
        (part,) = sandbox.answers()
    assert part.status == "failed"
    assert "/nowhere/python cannot be started" in part.reason


def test_answers_left_alone_leave_no_process(story: Path) -> None:
    with Sandbox(seconds=10, memory_mb=600) as sandbox:
        sandbox.order("html", story, limit=1_000_000)
        process = sandbox.process_id
        assert process is not None
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_the_child_takes_nothing_from_the_current_folder() -> None:
    assert "-I" in COMMAND
