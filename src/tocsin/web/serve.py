"""The desk on a port of 127.0.0.1, until it is stopped."""

import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from tocsin.errors import UsageError
from tocsin.pipeline import Settings, load_resources
from tocsin.store.record import open_record
from tocsin.web.app import create_app
from tocsin.web.desk import Desk, Door
from tocsin.web.security import DOOR


def serve(
    record: Path, *, port: int, reviewer: str, settings: Settings, browser: bool, say: Callable[[str], None]
) -> None:
    """Serve the desk of a record until it is interrupted.

    Args:
        record: the file, which must be there.
        port: 0 for any that is free.
        reviewer: whom the printed address lets in.
        settings: how mentions are put together and figures made.
        browser: whether to open the address.
        say: prints a line.

    Raises:
        RecordError: there is no such record, or it cannot be read.
        UsageError: the port is taken.
    """
    open_record(record, must_exist=True).close()
    listening = _listen(port)
    port = listening.getsockname()[1]
    door = Door()
    desk = Desk(record, port, door, settings)
    address = f"http://127.0.0.1:{port}{DOOR}?token={door.invite(reviewer)}"
    server = uvicorn.Server(
        uvicorn.Config(create_app(desk), log_level="warning", access_log=False, server_header=False, lifespan="off")
    )
    say(f"{record}: the review desk is at\n{address}\nThe address works once. Stop the desk with Ctrl-C.\n")
    # The word lists take a second to load; by the time someone mends a field they are there.
    threading.Thread(target=load_resources, args=(desk.rules,), daemon=True).start()
    if browser:
        webbrowser.open(address)
    with listening:
        server.run(sockets=[listening])


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError as error:
        listening.close()
        raise UsageError(f"port {port}", f"cannot be had ({error.strerror})", "name another, or 0 for any") from error
    return listening
