from tfvgan.serving.server.metrics import BOUNDS, Counts, family


def test_requests_are_counted_by_code_and_time():
    counts = Counts()
    for code, seconds in (("OK", 0.25), ("OK", 0.3), ("NOT_FOUND", 100.0)):
        counts.add("a", "REST", code, seconds)
    counts.add("", "gRPC", "OK", 0.0)
    lines = list(counts.lines())
    assert 'tfvgan_requests_total{model="a",interface="REST",code="OK"} 2' in lines
    assert 'tfvgan_requests_total{model="a",interface="REST",code="NOT_FOUND"} 1' in lines
    start = 'tfvgan_request_seconds_bucket{model="a",interface="REST",le='
    told = [line.removeprefix(start) for line in lines if line.startswith(start)]
    assert told[4:7] == ['"0.1"} 0', '"0.25"} 1', '"0.5"} 2'] and told[-1] == '"+Inf"} 3'
    assert len(told) == len(BOUNDS) + 1 and told[-2] == '"60"} 2'
    assert 'tfvgan_request_seconds_sum{model="a",interface="REST"} 100.55' in lines
    assert 'tfvgan_request_seconds_count{model="",interface="gRPC"} 1' in lines


def test_labels_are_escaped():
    lines = list(family("n", "gauge", "Says.", [({"a": 'x"\\\n'}, 1), ({}, 2.5)]))
    assert lines == ["# HELP n Says.", "# TYPE n gauge", 'n{a="x\\"\\\\\\n"} 1', "n 2.5"]
