"""Runs the commands that README.md and docs/ show, and puts what they print in the place of what they printed before.

python tools/refresh_docs.py [FILE...] [--only output|figures]

A block begins with a comment and ends with one; in between stands what the command printed:

    <!-- output 6,3: tocsin demo -->      the command and its output: the first 6 lines and the last 3 of it
    <!-- figures: python -m bench.speed -->      the output alone; a table of Markdown stays one
    <!-- end -->

Commands run in bash at the root of the repository; the numbers may be left out, then all lines are kept.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(
    r"^<!-- (?P<kind>output|figures)(?: (?P<first>\d+),(?P<last>\d+))?: (?P<command>.+?) -->\n.*?^<!-- end -->$",
    re.DOTALL | re.MULTILINE,
)


def files() -> list[Path]:
    """Return the files that may hold blocks."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def refreshed(text: str, only: str | None) -> str:
    """Return a text with the blocks of a kind, or all, filled anew."""

    def fill(block: re.Match[str]) -> str:
        if only and block["kind"] != only:
            return block[0]
        print(block["command"], flush=True)
        lines = output(block["command"]).splitlines()
        if block["first"] and len(lines) > int(block["first"]) + int(block["last"]) + 1:
            lines = [*lines[: int(block["first"])], "...", *lines[len(lines) - int(block["last"]) :]]
        if block["kind"] == "output":
            lines = ["```console", f"$ {block['command']}", *lines, "```"]
        elif not lines[0].startswith("|"):
            lines = ["```text", *lines, "```"]
        head = block[0].split("\n", 1)[0]
        return "\n".join([head, *lines, "<!-- end -->"])

    return BLOCK.sub(fill, text)


def output(command: str) -> str:
    """Return what a command prints; stop where it fails.

    Standard error is shown where a reader would see it, behind what went to standard output.
    """
    found = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "COLUMNS": "110"}
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, env=found, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        sys.exit(f"{command}: exit code {done.returncode}\n{done.stderr}")
    return re.sub(r"[ \t]+$", "", done.stdout + done.stderr, flags=re.MULTILINE)


def main(words: list[str]) -> None:
    """Refresh the files named, or all."""
    only = words[words.index("--only") + 1] if "--only" in words else None
    for file in (ROOT / "out").glob("demo.*"):  # so that `tocsin demo` has all to do, as in a clean clone
        file.unlink()
    named = [Path(word).resolve() for word in words if word.endswith(".md")]
    for file in named or files():
        text = file.read_text(encoding="utf-8")
        new = refreshed(text, only)
        if new != text:
            file.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
