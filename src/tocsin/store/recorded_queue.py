"""The queue of a record: what waits for a reviewer."""

from tocsin.datamodel.queue import Queue
from tocsin.store.guard import clear_errors, transaction
from tocsin.store.queue import is_fresh, read_queue, refresh_queue
from tocsin.store.recorded_edits import RecordedEdits


class RecordedQueue(RecordedEdits):
    """Documents and pairs in the order in which they should be looked at."""

    def queue(self, *, reviewer: str = "", limit: int = 50, prior: float = 0.0, kind: str | None = None) -> Queue:
        """Return what waits for a reviewer, the next one first, each with its marks and why (docs/reviewing.md).

        Args:
            reviewer: for whom; what others code blind is left out.
            limit: how many items at most.
            prior: log2 of the odds that a pair is one happening before anything is compared; the codebook has it.
            kind: "document" or "pair"; both if not given.
        """
        if not is_fresh(self._database):
            with transaction(self._database, self.name):
                refresh_queue(self._database)
        with clear_errors(self.name):
            return read_queue(self._database, reviewer=reviewer, limit=limit, prior=prior, kind=kind)
