from tfvgan.streaming.bar import BYTES, Bar


def test_it_tells_how_far_the_work_is(capsys):
    with Bar(True) as progress:
        for done in range(1, 4):
            progress(done, 3)
    assert "3/3" in capsys.readouterr().err


def test_it_is_silent_where_nobody_looks(capsys):
    with Bar(False) as progress:
        progress(1, None)
    assert capsys.readouterr().err == ""


def test_bytes_are_told_as_larger_units(capsys):
    with Bar(True, BYTES) as progress:
        for done in (0, 1_500_000, 3_000_000):
            progress(done, 3_000_000)
    assert "3.00M/3.00M" in capsys.readouterr().err
