"""Which workers there are: by options, TF_CONFIG, SLURM and Kubernetes."""

import json

import pytest

from tfvgan.runs.addresses import PORT, Workers, expanded, workers_by

SLURM = {
    "SLURM_STEP_ID": "0",
    "SLURM_STEP_NUM_TASKS": "5",
    "SLURM_STEP_NODELIST": "gpu[08-09],big",
    "SLURM_STEP_TASKS_PER_NODE": "2(x2),1",
    "SLURM_PROCID": "3",
    "SLURMD_NODENAME": "gpu09",
}


def tf_config(index, kind="worker", **cluster):
    cluster = cluster or {"worker": ["a:1", "b:2"]}
    return {"TF_CONFIG": json.dumps({"cluster": cluster, "task": {"type": kind, "index": index}})}


def test_without_a_word_one_process_trains_alone():
    for environment in ({}, {"TF_CONFIG": ""}, {"SLURM_NTASKS": "4", "SLURM_PROCID": "0"}):
        assert workers_by(None, None, environment) == Workers() == ((), 0, "")
    assert workers_by("none", None, SLURM | tf_config(1)) == Workers()
    assert workers_by("a:1", None, {}) == Workers()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a:1,b:2", ["a:1", "b:2"]),
        ("n[08-10,3]:7,x", ["n08:7", "n09:7", "n10:7", "n3:7", "x"]),
        ("r[1-2]n[0-1]", ["r1n0", "r1n1", "r2n0", "r2n1"]),
    ],
)
def test_lists_stand_for_names(text, names):
    assert expanded(text) == names


@pytest.mark.parametrize("text", ["a[1-", "a]1", "", "a[x]", "a[3-1]", "a[]"])
def test_what_is_no_list_is_refused(text):
    with pytest.raises(ValueError, match=r"such as|must be addresses"):
        workers_by(text, 0, {})


def test_a_list_and_an_index():
    assert workers_by("a:1,b:2", 1, {}) == (("a:1", "b:2"), 1, "--workers")


@pytest.mark.parametrize("name", ["JOB_COMPLETION_INDEX", "SLURM_PROCID"])
def test_the_environment_says_which_of_a_list(name):
    found = workers_by("job-[0-2].net:9", None, {name: "2"})
    addresses = ("job-0.net:9", "job-1.net:9", "job-2.net:9")
    assert found == (addresses, 2, f"--workers and {name}")


def test_tf_config():
    assert workers_by(None, None, tf_config(1)) == (("a:1", "b:2"), 1, "TF_CONFIG")
    chief = {"worker": ["b:2", "c:3"], "chief": ["a:1"]}
    assert workers_by(None, None, tf_config(1, **chief)) == (("a:1", "b:2", "c:3"), 2, "TF_CONFIG")
    assert workers_by(None, None, tf_config(0, "chief", **chief)).index == 0
    assert workers_by("a:1,b:2", None, tf_config(1)).index == 1
    assert workers_by(None, 1, tf_config(1)).index == 1


@pytest.mark.parametrize(
    ("listed", "index", "environment", "sentence"),
    [
        ("a:1,b:2", 2, {}, "`index` must be from 0 to 1, of 2 workers, but is 2"),
        ("a:1,b:2", None, {}, "Nothing says which of the 2 workers this is"),
        ("a:1,b:2", None, {"JOB_COMPLETION_INDEX": "x"}, "but is x"),
        ("a,b:2", 0, {}, "'a'"),
        ("a:1,b:0", 0, {}, "a port from 1 to 65535"),
        ("a:1,b:65536", 0, {}, "a port from 1 to 65535"),
        ("a:1,a:1", 0, {}, "two have a:1"),
        (None, 1, {}, "is 1, and nothing says of which"),
        (None, 0, tf_config(1), "is 0, and TF_CONFIG says 1"),
        ("a:1,c:2", 1, tf_config(1), "says a:1,c:2 with index 1, but TF_CONFIG says a:1,b:2"),
        ("a:1,b:2", 0, tf_config(1), "index 0, but TF_CONFIG says a:1,b:2 with index 1"),
        (None, None, tf_config(2), "from 0 to 1"),
        (None, None, {"TF_CONFIG": "{"}, "TF_CONFIG must be JSON"),
        (None, None, {"TF_CONFIG": "[]"}, "TF_CONFIG must be JSON"),
        (None, None, tf_config(0, worker=["a:1"], ps=["b:2"]), "but has 'ps'"),
        (None, None, tf_config(0, "evaluator"), "but has 'evaluator'"),
        (None, None, SLURM | {"SLURM_STEP_NUM_TASKS": "4"}, "4 tasks, and 5 by node"),
        (None, None, SLURM | {"SLURMD_NODENAME": "gpu08"}, "--distribution=block"),
    ],
)
def test_what_does_not_go_together_is_refused_in_a_sentence(listed, index, environment, sentence):
    with pytest.raises(ValueError, match=r".") as refusal:
        workers_by(listed, index, environment)
    assert sentence in str(refusal.value)
    assert str(refusal.value).endswith(".") and "\n" not in str(refusal.value)


def test_slurm_counts_tasks_node_by_node():
    found = workers_by(None, None, SLURM)
    assert found.addresses == (
        *(f"gpu08:{PORT}", f"gpu08:{PORT + 1}", f"gpu09:{PORT}", f"gpu09:{PORT + 1}"),
        f"big:{PORT}",
    )
    assert (found.index, found.said) == (3, "SLURM")
    job = {"SLURM_NTASKS": "9", "SLURM_JOB_NODELIST": "x[1-9]", "SLURM_TASKS_PER_NODE": "1(x9)"}
    assert workers_by(None, None, SLURM | job) == found, "a step may have less than its job"
