"""Five hundred programs of up to a hundred acts: undoing all gives back what there was, redoing all what was made.

`python -m bench.undo` prints how many programs and acts it ran; it ends with an error at the first that fails.
"""

import time
from collections import Counter

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.store.test_undo import Programs

PROGRAMS = 500
ACTS = 100


def main() -> None:
    """Run them; reproducible, so that a failure comes again."""
    seen: Counter[str] = Counter()

    class Counted(Programs):
        def teardown(self) -> None:
            seen["programs"] += 1
            seen["acts"] += self.acts
            seen["longest"] = max(seen["longest"], self.acts)
            super().teardown()

    chosen = settings(
        max_examples=PROGRAMS,
        stateful_step_count=ACTS,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    start = time.perf_counter()
    run_state_machine_as_test(Counted, settings=chosen)
    print(
        f"{seen['programs']} programs, {seen['acts']:,} acts, at most {seen['longest']} in one: "
        f"undo-all and redo-all gave the same dump each time ({time.perf_counter() - start:.0f} s)"
    )


if __name__ == "__main__":
    main()
