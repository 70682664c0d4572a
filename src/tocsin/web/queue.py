"""The queue: what to look at next, by a stated rule."""

from fastapi import APIRouter

from tocsin.store.record import Record

router = APIRouter()


def next_address(record: Record, reviewer: str) -> str:
    """Return the address of what comes next."""
    return "/"
