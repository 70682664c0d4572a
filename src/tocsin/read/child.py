"""The process in which foreign bytes are taken apart; started by `sandbox` as a program.

Orders come in on standard input, one line of JSON each; answers go out on what was standard output, one line of JSON
a part and `{"end": true}` after the last. Before the first order the process gives up its network and its right to
more memory, to other programs and to files to write.

    1. lock       limits and the loss of the network, before any foreign byte
    2. take       an order: which format, which file, how much time
    3. answer     part by part, so that a large archive is never in memory as a whole
"""

import json
import os
import sys
from typing import Any, BinaryIO

_CLONE_NEWNET = 0x40000000
_CLONE_NEWUSER = 0x10000000
#: What a parser has no business with (https://docs.python.org/3/library/audit_events.html).
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.startfile")
#: Exit status after memory ran out: the process is not used again.
OUT_OF_MEMORY = 77


def main() -> None:
    """Serve orders until standard input ends."""
    memory = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    answers = _own_output()
    lock(memory)
    for line in sys.stdin.buffer:
        order = json.loads(line)
        try:
            _serve(order, answers)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        _answer(answers, {"end": True})


def lock(memory: int) -> None:
    """Give up the network, other programs, files to write, and memory above `memory` megabytes (0: no limit)."""
    _leave_network()
    sys.addaudithook(_refuse)
    try:
        import resource
    except ImportError:  # Windows has no such limits; the clock of the parent is what is left there
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory:
        size = memory * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _serve(order: dict[str, Any], answers: BinaryIO) -> None:
    from tocsin.datamodel.coded import document_json
    from tocsin.read.formats import BY_NAME
    from tocsin.read.parts import crashed

    seconds = order["seconds"]
    _allow(seconds)
    try:
        with open(bytes.fromhex(order["path"]), "rb") as stream:  # noqa: PTH123 (pathlib takes no bytes)
            for part in BY_NAME[order["format"]].parse(stream, limit=order["limit"]):
                document = None if part.document is None else document_json(part.document)
                _answer(
                    answers,
                    {"where": part.where, "status": part.status, "reason": part.reason, "document": document},
                )
                _allow(seconds)
    except MemoryError:
        raise
    except Exception as error:  # whatever foreign bytes do to a parser, the next file is read
        part = crashed(error)
        _answer(answers, {"where": "", "status": part.status, "reason": part.reason})


def _answer(answers: BinaryIO, value: dict[str, Any]) -> None:
    answers.write(json.dumps(value).encode("ascii") + b"\n")
    answers.flush()


def _own_output() -> BinaryIO:
    """Return a stream on standard output that nothing else writes to: parsers that print go to standard error."""
    own = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(own, "wb")


def _allow(seconds: int) -> None:
    """Allow so many more seconds of processor time from now on."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, most))


def _leave_network() -> None:
    """Move into an empty network of its own where the system lets it (Linux); `_refuse` stands in elsewhere."""
    if sys.platform != "linux":
        return
    import ctypes

    unshare = ctypes.CDLL(None).unshare
    # root may leave at once; others through a user namespace of their own.
    if unshare(_CLONE_NEWNET) != 0:
        unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"a parser may not do this ({event})")
    if event == "open" and _writes(arguments) and "__pycache__" not in str(arguments[0]):
        raise PermissionError("a parser may not write files")


def _writes(arguments: tuple[Any, ...]) -> bool:
    _, mode, flags = arguments
    if mode is None:
        return bool(flags & (os.O_WRONLY | os.O_RDWR))
    return any(letter in mode for letter in "wax+")


if __name__ == "__main__":
    main()
