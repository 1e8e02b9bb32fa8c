"""Work in real processes, each with one small function to do."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest

from app.errors import LexiconError
from app.ingest.processes import AHEAD, Processes

LEFT = "left"


def make() -> Callable[[Sequence[object]], list[str]]:
    return done_here


def done_here(batch: Sequence[object]) -> list[str]:
    return [done(item) for item in batch]


def done(item: object) -> str:
    """The item with the id of the process; some do harm."""
    match item:
        case "exit":
            os._exit(1)
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "fault":
            raise ValueError(item)
    return f"{item} by {os.getpid()}"


def refused() -> Callable[[Sequence[object]], list[str]]:
    raise LexiconError("a seeds file is broken")


def processes(number: int = 2) -> Processes[object, str]:
    return Processes(number, make, crashed)


def crashed(item: object) -> str:
    return f"{item} by nobody"


def items(results: Sequence[str]) -> list[str]:
    return [each.partition(" by ")[0] for each in results]


def makers(results: Sequence[str]) -> set[str]:
    return {each.partition(" by ")[2] for each in results}


def alone(results: Iterator[list[str]]) -> list[str]:
    """All results in one list."""
    return [each for batch in results for each in batch]


def test_results_come_in_the_order_of_their_batches_and_from_other_processes() -> None:
    batches = [[10 * number, 10 * number + 1] for number in range(20)]
    results = list(processes().results(batches))
    assert [items(batch) for batch in results] == [[str(each) for each in batch] for batch in batches]
    assert str(os.getpid()) not in makers(alone(iter(results)))
    assert active_children() == []


@pytest.mark.parametrize(("number", "batches"), [(2, [["a", "b"]]), (1, [["a"], ["b"]]), (2, [])])
def test_one_batch_or_one_process_is_this_one(number: int, batches: list[list[str]]) -> None:
    results = alone(processes(number).results(batches))
    assert items(results) == [item for batch in batches for item in batch]
    assert makers(results) <= {str(os.getpid())}


@pytest.mark.parametrize(("number", "batches"), [(2, [["a", "kill", "b"]]), (1, [["a", "kill"], ["b"]])])
def test_what_is_risky_is_done_by_another_process_even_of_one_batch(
    number: int, batches: list[list[str]]
) -> None:
    risky = Processes(number, make, crashed, is_risky=lambda item: item == "kill")
    results = alone(risky.results(batches))
    assert items(results) == [item for batch in batches for item in batch]
    assert [each for each in results if each.endswith("nobody")] == ["kill by nobody"]
    assert active_children() == []


def test_where_one_process_works_a_batch_is_done_before_the_next_one_comes() -> None:
    def slow() -> Iterator[list[str]]:
        yield ["a"]
        raise AssertionError("asked for too early")

    assert items(next(processes(1).results(slow()))) == ["a"]


def test_no_more_is_taken_from_the_source_than_is_ahead_of_the_results() -> None:
    taken = 0

    def source() -> Iterator[list[int]]:
        nonlocal taken
        for taken in range(1, 41):
            yield [taken]

    results = processes().results(source())
    for consumed, _ in enumerate(results, 1):
        assert taken <= consumed - 1 + AHEAD * 2
    assert (consumed, taken) == (40, 40)


@pytest.mark.parametrize("way", ["exit", "kill"])
def test_a_process_that_dies_of_an_item_loses_that_item_only(way: str) -> None:
    batches = [["a", "b"], ["c", way, "d"], ["e"], ["f"], ["g"]]
    results = list(processes().results(batches))
    assert [items(batch) for batch in results] == batches
    assert [each for each in alone(iter(results)) if each.endswith("nobody")] == [f"{way} by nobody"]
    assert active_children() == []


def test_many_that_kill_their_process_are_told_one_by_one() -> None:
    results = alone(processes().results([["exit"], ["a", "exit"], ["b"], ["exit", "c"]]))
    assert items(results) == ["exit", "a", "exit", "b", "exit", "c"]
    assert sum(each.endswith("nobody") for each in results) == 3


def test_what_the_work_raises_is_raised_in_its_place() -> None:
    results = processes().results([["a"], ["fault"], ["b"], ["c"]])
    assert items(next(results)) == ["a"]
    with pytest.raises(ValueError, match="fault"):
        next(results)
    assert active_children() == []


def test_what_makes_the_work_is_no_crash_where_it_fails() -> None:
    with pytest.raises(LexiconError, match="a seeds file is broken"):
        list(Processes(2, refused, crashed).results([["a"], ["b"]]))


def test_who_wants_no_more_results_ends_the_processes() -> None:
    results = processes().results([number] for number in range(1000))
    assert items(next(results)) == ["0"]
    assert active_children() != []
    results.close()  # type: ignore[attr-defined]
    assert active_children() == []


PARENT = """
import os, sys, time
from tests.test_processes import processes

def batches():
    for number in range(4):
        yield [number]
    print("started", flush=True)
    time.sleep(60)

if __name__ == "__main__":
    for results in processes().results(batches()):
        print(*results, flush=True)
"""


def started(folder: Path) -> tuple["subprocess.Popen[str]", int]:
    """A process that waits for its fifth batch, and the id of one of those that it started."""
    script = folder / "parent.py"
    script.write_text(PARENT, "utf-8")
    root = str(Path(__file__).resolve().parents[1])
    parent = subprocess.Popen(
        [sys.executable, script],
        env={**os.environ, "PYTHONPATH": root},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=hear_ctrl_c,
    )
    assert parent.stdout is not None
    lines = iter(partial(parent.stdout.readline), "")
    worker = int(next(line for line in lines if " by " in line).rpartition(" ")[2])
    return parent, worker


def hear_ctrl_c() -> None:
    """Shells have what runs in the background not hear it, and the tests may."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def is_there(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def ends(process: int) -> bool:
    """Whether the process ends while we wait, which is no longer than a slow machine needs."""
    waited_until = time.monotonic() + 60
    while is_there(process) and time.monotonic() < waited_until:
        time.sleep(0.02)
    return not is_there(process)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_processes_end_with_the_one_that_started_them_even_if_it_was_killed(tmp_path: Path) -> None:
    parent, worker = started(tmp_path)
    assert is_there(worker)
    parent.kill()
    parent.communicate()
    assert ends(worker)


def test_ctrl_c_is_heard_by_the_one_that_started_them_only(tmp_path: Path) -> None:
    parent, _ = started(tmp_path)
    os.killpg(parent.pid, signal.SIGINT)
    _, told = parent.communicate()
    assert told.count("Traceback") == 1
    assert "spawn_main" not in told
