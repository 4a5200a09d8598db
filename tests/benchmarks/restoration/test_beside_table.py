"""What a frame costs beside others: ratios are of the same size, and of all cores' time."""

from benchmarks.restoration import beside_table


def rows(size, lanczos, ours, peer):
    each = {"ffmpeg lanczos x2": lanczos, "restore_x2": ours, "peer": peer}
    return [
        {"what": what, "from": size, "to": size, "ms": 7.0, "CPU ms": worked}
        for what, worked in each.items()
        if worked
    ]


def test_ratios_are_of_the_same_size(written_results):
    off = [{"network": "a", "levels off at most": 2, "off %": 0.5}]
    off += [{"network": "b", "levels off at most": 1, "off %": 12.3}]
    both = [*rows("8x8", 0.5, 20.0, 400.0), *rows("9x9", 2.0, 30.0, None)]
    facts = {"machine": {"load before": 0.25, "cores": 2, "cpu": "c"}, "date": "today"}
    written_results("restoration_beside", *both, off=off, peer="peer", **facts)
    _, told, table, counted, _ = beside_table.section()
    assert "The load before was 0.25" in " ".join(told.split())
    lines = [line.split(" | ")[1:] for line in table.splitlines()[2:]]
    assert [
        [what, worked, more, of_peer.rstrip(" |")] for what, _, worked, more, of_peer in lines
    ] == [
        ["ffmpeg lanczos x2", "0.5", "1", "800"],
        ["restore_x2", "20", "40", "20"],
        ["peer", "400", "800", "1"],
        ["ffmpeg lanczos x2", "2", "1", "not measured"],
        ["restore_x2", "30", "15", "not measured"],
    ]
    assert "2 levels of 255 off at most, in 0.5 to 12.3 %" in " ".join(counted.split())
