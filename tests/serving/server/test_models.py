import asyncio
import shutil

import pytest
from light import add_version, light

from tfvgan.serving.server.limits import Limits
from tfvgan.serving.server.models import ENDED, Models
from tfvgan.serving.server.refusal import Refusal

assert light  # A fixture.


def run(light, work, **given):
    async def whole():
        models = Models(light, Limits(), **given)
        try:
            await settle(models)
            return await work(models)
        finally:
            await models.close()

    return asyncio.run(whole())


async def settle(models):
    await models.look()
    while not models.settled or any(one.state == "UNLOADING" for one in models.versions):
        await asyncio.sleep(0.01)


def states(models):
    return {(one.model, one.number): one.state for one in models.versions}


def refused(work):
    with pytest.raises(Refusal) as raised:
        work()
    return raised.value.code, raised.value.message


def test_the_newest_of_each_is_loaded_and_labels_beside_it(light):
    for name, number in (("a", 1), ("a", 2), ("a", 3), ("b", 5)):
        add_version(light, name, number)

    async def work(models):
        assert set(states(models)) == {("a", 1), ("a", 3), ("b", 5)}
        assert models.at("a").number == 3 and models.at("a", label="old").number == 1
        assert models.at("a", 1).number == 1
        assert [one.number for one in models.status("a")] == [3, 1]
        assert [one.number for one in models.status("a", label="old")] == [1]
        assert "serving_default" in await models.signatures(models.at("b"))

    run(light, work, labels={"a": {"old": 1}})


def test_what_is_not_there_is_told_in_the_words_of_tensorflow_serving(light):
    add_version(light, "a", 1)

    async def work(models):
        for found, said in (
            (lambda: models.at("b"), "Servable not found for request: Latest(b)"),
            (lambda: models.at("a", 7), "Servable not found for request: Specific(a, 7)"),
            (lambda: models.status("b"), "Could not find any versions of model b"),
            (lambda: models.status("a", 7), "Could not find version 7 of model a"),
        ):
            assert refused(found) == ("NOT_FOUND", said)
        said = "Unrecognized servable version label: x"
        assert refused(lambda: models.at("a", label="x")) == ("INVALID_ARGUMENT", said)

    run(light, work)


def test_a_newer_version_takes_over_and_no_request_is_lost(light):
    add_version(light, "a", 1)

    async def work(models):
        old = models.at("a")
        waiting = [asyncio.create_task(old.ask("json", b"sleep 0.2")) for _ in range(2)]
        await asyncio.sleep(0)
        add_version(light, "a", 2, but="slow")
        await models.look()
        assert models.at("a") is old  # Until the new one answers.
        while models.at("a") is old:
            assert await models.at("a").ask("json", b"x") == b"1 json x"
        assert await models.at("a").ask("json", b"x") == b"2 json x"
        await settle(models)
        assert await asyncio.gather(*waiting) == [b"1 json sleep 0.2"] * 2
        assert states(models) == {("a", 1): "END", ("a", 2): "AVAILABLE"}

    run(light, work)


def test_a_newer_version_that_fails_leaves_the_old_one(light):
    add_version(light, "a", 1)

    async def work(models):
        add_version(light, "a", 2, but="broken")
        await settle(models)
        await settle(models)
        assert states(models) == {("a", 1): "AVAILABLE", ("a", 2): "END"}
        assert models.at("a").number == 1 and models.status("a")[0].error == "it is broken"
        add_version(light, "a", 3)
        await settle(models)
        await settle(models)
        assert models.at("a").number == 3

    run(light, work)


def test_models_come_and_go_and_come_back(light):
    add_version(light, "a", 1)

    async def work(models):
        add_version(light, "b", 1)
        shutil.rmtree(light / "a")
        await settle(models)
        await settle(models)
        assert states(models) == {("a", 1): "END", ("b", 1): "AVAILABLE"}
        add_version(light, "a", 1)
        await settle(models)
        assert await models.at("a").ask("json", b"x") == b"1 json x"
        light.rename(light.parent / "away")
        await models.look()
        assert await models.at("a").ask("json", b"x") == b"1 json x"

    run(light, work)


def test_few_of_those_that_went_are_remembered(light):
    add_version(light, "a", 1)

    async def work(models):
        for number in range(2, ENDED + 4):
            add_version(light, "a", number)
            await settle(models)
            await settle(models)
        await models.look()
        assert len(models.versions) == ENDED + 1

    run(light, work)


def test_names_choose(light):
    for name in ("a", "b"):
        add_version(light, name, 1)

    async def work(models):
        assert set(states(models)) == {("b", 1)} and list(models.folders) == ["b"]

    run(light, work, names=["b"])


def test_lazy_models_are_loaded_when_they_are_asked_for(light):
    for name in ("a", "b"):
        add_version(light, name, 1)

    async def work(models):
        assert states(models) == {("a", 1): "START", ("b", 1): "START"}
        assert await models.at("a").ask("json", b"x") == b"1 json x"
        assert states(models) == {("a", 1): "AVAILABLE", ("b", 1): "START"}
        add_version(light, "b", 2)
        await settle(models)
        assert states(models)[("b", 1)] == "END" and models.at("b").number == 2

    run(light, work, lazy=True)


def test_a_newer_version_of_a_lazy_model_that_answers_is_loaded_beside_it(light):
    add_version(light, "a", 1)

    async def work(models):
        old = models.at("a")
        assert await old.ask("json", b"x") == b"1 json x"
        add_version(light, "a", 2, but="broken")
        for _ in range(3):
            await settle(models)
        assert states(models) == {("a", 1): "AVAILABLE", ("a", 2): "END"}
        assert models.at("a") is old
        add_version(light, "a", 3, but="slow")
        await models.look()
        assert models.at("a") is old  # Until the new one answers.
        while not models.settled or models.at("a") is old:
            await models.look()
            await asyncio.sleep(0.01)
        await settle(models)
        assert states(models) == {("a", 1): "END", ("a", 2): "END", ("a", 3): "AVAILABLE"}

    run(light, work, lazy=True)


def test_a_lazy_version_that_has_a_label_does_not_answer_for_the_newest(light):
    for number in (1, 2):
        add_version(light, "a", number)

    async def work(models):
        assert await models.at("a", label="old").ask("json", b"x") == b"1 json x"
        assert models.at("a").number == 2 and models.at("a", 1).number == 1
        assert await models.at("a").ask("json", b"x") == b"2 json x"
        await settle(models)
        assert states(models) == {("a", 1): "AVAILABLE", ("a", 2): "AVAILABLE"}

    run(light, work, lazy=True, labels={"a": {"old": 1}})
