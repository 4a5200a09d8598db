import asyncio
import time
import types

import pytest
from light import add_version, light

from tfvgan.serving.server.limits import Limits
from tfvgan.serving.server.refusal import Refusal
from tfvgan.serving.server.version import AGAIN, Version

assert light  # A fixture.


def run(light, work, but="", **limits):
    """Returns what `work(version)` returns."""
    folder = add_version(light, but=but)

    async def whole():
        version = Version("toy", 1, folder, Limits(**limits), asyncio.Semaphore(1))
        try:
            return await work(version)
        finally:
            await version.kill()

    return asyncio.run(whole())


async def refused(work):
    with pytest.raises(Refusal) as raised:
        await work
    return raised.value


def test_many_at_once_are_answered_in_order(light):
    async def work(version):
        await version.load()
        assert version.state == "AVAILABLE" and version.memory > 0
        asked = [version.ask("json", b"%d" % number) for number in range(50)]
        assert await asyncio.gather(*asked) == [b"1 json %d" % number for number in range(50)]
        assert version.waiting == 0 and version.restarts == 0

    run(light, work)


def test_the_queue_has_an_end(light):
    async def work(version):
        await version.load()
        first = [asyncio.create_task(version.ask("json", b"sleep 0.3")) for _ in range(2)]
        await asyncio.sleep(0)
        error = await refused(version.ask("json", b"a"))
        assert error.status == 503 and "2 requests wait for toy already" in error.message
        assert await asyncio.gather(*first) == [b"1 json sleep 0.3"] * 2
        assert await version.ask("json", b"a") == b"1 json a"

    run(light, work, queue=2)


def test_a_request_that_ends_its_process_harms_no_other(light):
    async def work(version):
        await version.load()
        asked = [version.ask("json", body) for body in (b"a", b"die", b"b", b"die", b"c")]
        found = await asyncio.gather(*asked, return_exceptions=True)
        assert [found[place] for place in (0, 2, 4)] == [b"1 json a", b"1 json b", b"1 json c"]
        for place in (1, 3):
            assert found[place].status == 503 and "ended with code 3" in found[place].message
        assert version.restarts == 2 and version.state == "AVAILABLE"
        await refused(version.ask("json", b"die"))
        while version.restarts < 3:  # It is started anew without being asked.
            await asyncio.sleep(0.02)

    run(light, work)


def test_a_process_that_keeps_nearly_all_it_may_gives_way_to_a_new_one(light):
    async def work(version):
        await version.load()
        first = version.pid
        assert await version.ask("json", b"keep 60000000") and not version.renewals
        bodies = [b"keep 60000000"] + [b"sleep 0.02"] * 30
        found = await asyncio.gather(*(version.ask("json", body) for body in bodies))
        assert found == [b"1 json " + body for body in bodies]
        async with asyncio.timeout(20):
            while version.pid == first:
                await asyncio.sleep(0.02)
        assert (version.renewals, version.restarts) == (1, 0) and version.memory < 50e6
        for body in [b"keep 99000000"] * 2:  # Not again at once, however much it keeps.
            await version.ask("json", body)
        await asyncio.sleep(0.5)
        assert version.renewals == 1 and version.memory > 100e6

    run(light, work, memory=150)


def test_a_process_goes_on_where_no_new_one_can_be_loaded(light):
    async def work(version):
        await version.load()
        (version.folder / "broken").touch()
        assert await version.ask("json", b"keep 120000000")
        await asyncio.sleep(0.5)
        assert await version.ask("json", b"a") == b"1 json a" and not version.renewals
        assert version.state == "AVAILABLE" and version.memory > 100e6

    run(light, work, memory=150)


def test_a_new_process_ends_where_the_version_has_gone_meanwhile(light):
    async def work(version):
        await version.load()
        assert await version.ask("json", b"keep 120000000")
        await version.unload()
        assert version.state == "END" and version.pid is None and not version.renewals

    run(light, work, memory=150)


def test_a_request_that_takes_too_long_is_stopped(light):
    async def work(version):
        await version.load()
        asked = [version.ask("json", body) for body in (b"sleep 30", b"a")]
        slow, good = await asyncio.gather(*asked, return_exceptions=True)
        assert slow.status == 504 and "stopped after 0.5 seconds" in slow.message
        assert good == b"1 json a"

    run(light, work, seconds=0.5)


def test_who_waits_too_long_is_told(light):
    async def work(version):
        await version.load()
        first = [asyncio.create_task(version.ask("json", b"sleep 0.8")) for _ in range(9)]
        found = await asyncio.gather(*first, return_exceptions=True)
        assert found[0] == b"1 json sleep 0.8"
        assert found[8].code == "DEADLINE_EXCEEDED" and "had no time" in found[8].message

    run(light, work, seconds=1.2)


def test_who_went_away_is_not_computed_for(light):
    async def gone():
        return False

    async def work(version):
        await version.load()
        error = await refused(version.ask("json", b"die", gone))
        assert error.code == "CANCELLED" and version.restarts == 0

    run(light, work)


def test_who_goes_away_meanwhile_disturbs_nobody(light):
    async def work(version):
        await version.load()
        task = asyncio.create_task(version.ask("json", b"sleep 0.2"))
        await asyncio.sleep(0.1)
        task.cancel()
        assert await version.ask("json", b"a") == b"1 json a"
        assert version.restarts == 0 and version.waiting == 0

    run(light, work)


def test_who_goes_away_before_their_turn_is_not_computed_for(light):
    async def work(version):
        await version.load()
        first = asyncio.create_task(version.ask("json", b"sleep 0.2"))
        await asyncio.sleep(0.05)
        second = asyncio.create_task(version.ask("json", b"die"))
        await asyncio.sleep(0.05)
        second.cancel()
        assert await first == b"1 json sleep 0.2"
        assert await version.ask("json", b"a") == b"1 json a"
        assert version.restarts == 0 and version.waiting == 0

    run(light, work)


def test_an_old_version_answers_all_who_wait_before_it_goes(light):
    async def work(version):
        await version.load()
        asked = [asyncio.create_task(version.ask("json", b"sleep 0.1")) for _ in range(3)]
        await asyncio.sleep(0)
        await version.unload()
        assert version.state == "END" and version.pid is None and version.memory == 0
        assert [task.result() for task in asked] == [b"1 json sleep 0.1"] * 3

    run(light, work)


def test_a_model_that_cant_be_loaded_is_tried_again_after_a_while(light, monkeypatch):
    async def work(version):
        await version.load()
        assert (version.state, version.error) == ("END", "it is broken")
        assert not version.due
        error = await refused(version.ask("json", b"a"))
        assert error.status == 503 and error.message == "toy can't be loaded: it is broken."
        version.error = "It is a sentence."
        error = await refused(version.ask("json", b"a"))
        assert error.message == "toy can't be loaded: It is a sentence."
        other = Version("toy", 1, version.folder, Limits(), asyncio.Semaphore(1))
        other.failed_before(version)
        now = time.monotonic()
        for later, due in ((AGAIN / 2, False), (AGAIN + 1, True)):
            clock = types.SimpleNamespace(monotonic=lambda later=later: now + later)
            monkeypatch.setattr("tfvgan.serving.server.version.time", clock)
            assert other.due == due

    run(light, work, but="broken")


def test_a_process_that_was_ended_from_outside_is_revived(light):
    async def work(version):
        await version.load()
        await version.kill()
        await version.revive()
        assert await version.ask("json", b"a") == b"1 json a" and version.restarts == 1
        await version.revive()
        assert version.restarts == 1

    run(light, work)
