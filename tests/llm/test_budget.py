"""What may be spent is never passed, by however many at once."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tocsin.errors import BudgetError
from tocsin.llm.budget import Budget, Usage, tokens_in


def test_a_question_is_asked_only_where_its_longest_answer_fits() -> None:
    budget = Budget(max_tokens=100, max_cost=None, price=None)
    with budget.room_for(Usage(50, 50)) as spending:
        spending.add(Usage(50, 10))
    assert budget.spent == Usage(50, 10)
    with pytest.raises(BudgetError, match="60 tokens were spent"), budget.room_for(Usage(21, 20)):
        raise AssertionError("there is no room")
    with budget.room_for(Usage(20, 20)):
        pass


def test_money_is_counted_by_what_goes_in_and_what_comes_out() -> None:
    budget = Budget(max_tokens=None, max_cost=0.01, price=(1.0, 10.0))
    with budget.room_for(Usage(1000, 900)) as spending:
        spending.add(Usage(1000, 900))
    assert budget.spent.cost((1.0, 10.0)) == pytest.approx(0.01)
    with pytest.raises(BudgetError, match="raise it and run again"), budget.room_for(Usage(1, 0)):
        raise AssertionError("there is no room")


def test_many_at_once_wait_for_each_other_and_never_pass_it() -> None:
    budget = Budget(max_tokens=1000, max_cost=None, price=None)
    lock, asked = threading.Lock(), [0]

    def ask(_: int) -> None:
        with budget.room_for(Usage(100, 200)) as spending:
            time.sleep(0.005)
            spending.add(Usage(100, 20))
            with lock:
                asked[0] += 1

    with ThreadPoolExecutor(8) as pool:
        results = [pool.submit(ask, n) for n in range(20)]
    failed = [result.exception() for result in results if result.exception()]
    assert budget.spent.tokens == 120 * asked[0] <= 1000
    assert asked[0] == 6  # a seventh question could come to 1,020
    assert len(failed) == 14
    assert all(isinstance(error, BudgetError) for error in failed)


def test_a_question_that_fails_gives_its_room_back() -> None:
    budget = Budget(max_tokens=100, max_cost=None, price=None)
    for _ in range(3):
        with pytest.raises(ValueError, match="broken"), budget.room_for(Usage(60, 40)):
            raise ValueError("broken")
    assert budget.spent == Usage()


def test_an_estimate_is_rather_high() -> None:
    assert tokens_in("") == 0
    assert tokens_in("Strikes spread to nine plants on Monday, unions said.") >= 13
    assert tokens_in("забастовка") > 5
