"""The parent's side of the process that takes foreign bytes apart.

One process serves many files, since starting it and its libraries costs 0.5 s. It is killed and started anew when a
file takes too long, when memory ran out, when it crashed, and when it says what it should not. Answers are plain JSON,
checked field by field: nothing the child sends is run.
"""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Self

from tocsin.datamodel.document import Document
from tocsin.datamodel.verdict import READ, STATUSES
from tocsin.read.child import OUT_OF_MEMORY
from tocsin.read.encoding import one_line
from tocsin.read.fields import FieldError, document_fields
from tocsin.read.parts import Part, failed, found

#: `-I`: neither the current folder nor the environment decides what the child imports.
COMMAND = (sys.executable, "-I", "-X", "utf8", "-m", "tocsin.read.child")
#: A parser that leaks is started anew before it reaches its limit; 500 pages spread the 0.5 s thin.
ORDERS_PER_PROCESS = 500
# The clock is for parsers that sleep. On a busy machine processor time must run out first, or the same file would be
# read on one day and not on the next: four programs may share a core, and the libraries take their time to load.
_TIMES = 4
_GRACE = 10
_AHEAD = 4
_ADVICE = "open it and save it as text, or raise the limit"


class Sandbox:
    """A child process with limits that parses one file at a time.

    Args:
        seconds: processor time for one document.
        memory_mb: megabytes of address space; no limit where the system has none (Windows).
        clock: seconds by the clock for one document; four times the processor time and ten where None.
        command: the program to start; the memory limit is appended.
    """

    def __init__(
        self, *, seconds: int, memory_mb: int, clock: float | None = None, command: Sequence[str] = COMMAND
    ) -> None:
        self._seconds = seconds
        self._clock = _TIMES * seconds + _GRACE if clock is None else clock
        self._memory_mb = memory_mb
        self._command = command
        self._child: _Child | None = None
        self._orders = 0
        self._trouble = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def order(self, parser: str, path: Path, *, limit: int) -> None:
        """Have a file parsed; the answers of the order before must have been taken.

        Args:
            parser: name of a format.
            path: the file.
            limit: bytes of one document at most.
        """
        if self._orders >= ORDERS_PER_PROCESS:
            self.close()
        where = os.fsencode(os.path.abspath(path)).hex()  # noqa: PTH100 (resolve() would ask the file system)
        line = json.dumps({"format": parser, "path": where, "limit": limit, "seconds": self._seconds})
        self._orders += 1
        # A child that died since the last order shows when its answers are taken.
        if self._child is None:
            # Six bytes hold any code point of an escaped text twice over; what is longer is no answer.
            try:
                self._child = _Child([*self._command, str(self._memory_mb)], longest=8 * limit + 1_000_000)
            except OSError as error:
                self._trouble = f"{self._command[0]} cannot be started ({error.strerror})"
                return
        self._child.send(line.encode("ascii") + b"\n")

    def answers(self) -> Iterator[Part]:
        """Yield the parts of the file ordered last; a child that fails gives a failed part and is replaced."""
        child = self._child
        if child is None:
            yield failed(f"{self._trouble}, and no file is parsed without; mend the installation")
            return
        whole = False
        try:
            while True:
                try:
                    line = child.lines.get(timeout=self._clock)
                except queue.Empty:
                    yield failed(f"took longer than {self._clock:g} s to take apart; {_ADVICE}")
                    return
                if line is None:
                    yield failed(self._obituary(child.wait()))
                    return
                part = _read_answer(line)
                if part is None:
                    whole = True
                    return
                yield part
                if part.reason == _RUBBISH:
                    return
        finally:
            if not whole:
                self.close()

    @property
    def process_id(self) -> int | None:
        """The id of the child's process, or None where none runs."""
        return self._child.process_id if self._child is not None else None

    def close(self) -> None:
        """End the child, if there is one."""
        if self._child is not None:
            self._child.kill()
        self._child = None
        self._orders = 0

    def _obituary(self, status: int) -> str:
        if status == OUT_OF_MEMORY:
            return f"needs more than {self._memory_mb} MB of memory to take apart; {_ADVICE}"
        if status < 0 and -status == getattr(signal, "SIGXCPU", None):
            return f"takes more than {self._seconds} s of processor time to take apart; {_ADVICE}"
        what = signal.strsignal(-status) if status < 0 else f"status {status}"
        return f"crashed its parser ({what}), as damaged files and too little memory do; {_ADVICE}"


class _Child:
    """A running child with a thread that takes its lines, so that waiting for one can end by the clock."""

    def __init__(self, command: Sequence[str], *, longest: int) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # an interrupt on the terminal is the parent's to handle
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._orders: IO[bytes] = self._process.stdin
        self._output: IO[bytes] = self._process.stdout
        self.lines: queue.Queue[bytes | None] = queue.Queue(maxsize=_AHEAD)
        self._reader = threading.Thread(target=self._take, args=(longest,), daemon=True)
        self._reader.start()

    @property
    def process_id(self) -> int:
        return self._process.pid

    def send(self, line: bytes) -> None:
        try:
            self._orders.write(line)
            self._orders.flush()
        except OSError:
            return  # it is dead; the end of its output says so

    def wait(self) -> int:
        """Return the exit status of a child whose output has ended."""
        try:
            return self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return 0

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        while self._reader.is_alive():  # it may be waiting for room
            try:
                self.lines.get(timeout=0.05)
            except queue.Empty:
                continue
        self._output.close()
        try:
            self._orders.close()
        except OSError:
            return  # an order that was never taken

    def _take(self, longest: int) -> None:
        while line := self._output.readline(longest):
            self.lines.put(line)
        self.lines.put(None)


_RUBBISH = "made its parser answer with what is no document; open it and save it as text"


def _read_answer(line: bytes) -> Part | None:
    """Return the part that a line of the child's holds; None where it ends the file."""
    try:
        value = json.loads(line)
        if value == {"end": True}:
            return None
        where, status, reason, data = value["where"], value["status"], value["reason"], value.get("document")
        if status not in STATUSES or not isinstance(where, str) or not isinstance(reason, str):
            return failed(_RUBBISH)
        where, reason = one_line(where, longest=4100), one_line(reason)
        if status != READ:
            return Part(where, status, reason)
        return found(Document(**{"id": "", "text": "", **document_fields(data).values}), where=where, note=reason)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, FieldError):
        return failed(_RUBBISH)
