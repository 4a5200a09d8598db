import asyncio
import os

import pytest
from light import add_version, light

from tfvgan.serving.server.limits import Limits
from tfvgan.serving.server.process import Died, ModelProcess, resident

assert light  # A fixture.


def run(light, work, but="", **limits):
    """Returns what `work(process)` returns, of a new process."""
    folder = add_version(light, but=but)

    async def whole():
        made = await ModelProcess.start(str(folder), 4, Limits(**limits))
        try:
            return await work(made)
        finally:
            await made.kill()

    return asyncio.run(whole())


def test_a_process_answers_one_request_after_the_other_and_ends(light):
    async def work(made):
        found = [await made.ask("json", body, 5) for body in (b"a", b"refuse", b"large 3000000")]
        assert made.alive and made.memory > 10**6
        await made.close()
        assert not made.alive and made.memory == 0
        return found

    first, second, third = run(light, work)
    assert first == ({"code": "OK"}, b"4 json a")
    assert second[0] == {"code": "INVALID_ARGUMENT", "message": "I will not."}
    assert third[1] == b"x" * 3_000_000


def test_a_process_is_full_when_it_has_kept_three_quarters_of_its_room(light):
    async def work(made):
        assert await made.ask("json", b"keep 60000000", 5) and not made.full
        assert await made.ask("json", b"keep 60000000", 5) and made.full
        await made.close()
        assert not made.full

    run(light, work, memory=150)


def test_a_process_that_ends_or_takes_too_long_is_told(light):
    async def work(made):
        with pytest.raises(Died, match="its process ended with code 3"):
            await made.ask("json", b"die", 5)
        with pytest.raises(Died):
            await made.ask("json", b"x" * 10**6, 5)

    run(light, work)


def test_a_process_that_takes_too_long_is_ended(light):
    async def work(made):
        with pytest.raises(TimeoutError):
            await made.ask("json", b"sleep 20", 0.1)
        assert not made.alive
        assert await made.kill() == "was ended by signal 9"

    run(light, work)


def test_a_request_that_is_given_up_leaves_no_answer_for_the_next(light):
    async def work(made):
        task = asyncio.create_task(made.ask("json", b"sleep 20", 30))
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not made.alive

    run(light, work)


@pytest.mark.parametrize(
    ("but", "said"),
    [("broken", "^it is broken$"), ("dies", "its process ended with code 7 while it loaded")],
)
def test_a_model_that_cant_be_loaded_is_told(light, but, said):
    with pytest.raises(Died, match=said):
        run(light, None, but)


def test_memory_is_that_of_the_process():
    assert resident() == pytest.approx(resident(os.getpid()), rel=0.2)
    assert resident() > 50 * 2**20 and resident(2**30) == 0
