"""Worker processes that hang, break or never come back cost their own piece of work only."""

from __future__ import annotations

import os

from flows.reading.pool import Killed, ReaderPool


def double(number: int) -> int:
    return 2 * number


def spin(number: int) -> int:
    while True:
        number ^= 1


def crash(number: int) -> int:
    os.abort()
    return number


def complain(number: int) -> int:
    raise ValueError(number)


def mixed(number: int) -> int:
    return {3: spin, 5: complain}.get(number, double)(number)


def test_results_come_in_the_order_of_the_arguments() -> None:
    with ReaderPool(2, cpu_seconds=5) as pool:
        assert pool.run(double, [(number,) for number in range(50)]) == [2 * number for number in range(50)]


def test_what_exceeds_its_cpu_time_is_killed_and_the_rest_is_done() -> None:
    with ReaderPool(2, cpu_seconds=1) as pool:
        results = pool.run(mixed, [(number,) for number in range(8)])
    assert [each for each in results if not isinstance(each, Killed)] == [0, 2, 4, 8, 12, 14]
    spun, complained = results[3], results[5]
    assert isinstance(spun, Killed)
    assert spun.why.startswith("took more than")  # CPU seconds, or seconds where others keep the machine busy
    assert isinstance(complained, Killed)
    assert complained.why == "ValueError: 5"


def test_a_broken_process_is_replaced() -> None:
    with ReaderPool(1, cpu_seconds=5) as pool:
        [broken] = pool.run(crash, [(1,)])
        assert isinstance(broken, Killed)
        assert pool.run(double, [(2,)]) == [4]


def test_the_limit_counts_each_piece_of_work_anew() -> None:
    with ReaderPool(1, cpu_seconds=1) as pool:
        assert pool.run(burn, [(0.4,) for _ in range(5)]) == [True] * 5


def burn(seconds: float) -> bool:
    import time

    until = time.process_time() + seconds
    while time.process_time() < until:
        pass
    return True
