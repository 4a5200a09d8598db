import asyncio

import pytest
from light import light

from tfvgan.serving.server.job import Job
from tfvgan.serving.server.limits import Limits

assert light  # A fixture.


def run(light, clip, work=None, **limits):
    """Returns a job, after it was done."""
    folder = light / "job"
    folder.mkdir()
    (folder / "upload").write_bytes(clip)

    async def whole():
        job = Job("name", folder, light, "stylize", {"strength": 0.5}, Limits(**limits))
        assert job.told()["state"] == "waiting" and job.told()["seconds"] == 0
        if work is None:
            await job.run()
        else:
            await work(job)
        return job

    return asyncio.run(whole())


def test_a_clip_is_done(light):
    job = run(light, b"clip")
    told = job.told()
    assert told["state"] == "done" and told["files"] == ["after", "before"] and job.over
    assert (told["made"], told["count"], told["error"]) == (1, 2, "")
    assert job.files["after"].read_bytes() == b'after clip{"strength": 0.5}'
    assert 0 < told["seconds"] == job.told()["seconds"]


@pytest.mark.parametrize(
    ("clip", "limits", "said"),
    [
        (b"no clip", {}, "The clip is none."),
        (b"die", {}, "process ended early"),
        (b"sleep 30", {"job_seconds": 0.7}, "took more than 0.7 seconds: take a shorter one"),
    ],
)
def test_what_fails_is_told(light, clip, limits, said):
    job = run(light, clip, **limits)
    assert job.state == "failed" and said in job.error and not job.files


def test_a_clip_can_be_stopped(light):
    async def work(job):
        task = asyncio.create_task(job.run())
        while job.made == 0:
            await asyncio.sleep(0.01)
        assert job.told()["state"] == "running" and job.told()["seconds"] > 0
        await job.stop()
        await task
        assert job.state == "stopped" and not job.folder.exists()
        await job.run()
        assert job.state == "stopped"

    run(light, b"sleep 30", work)
