"""CsvLog: a row an epoch, also when an epoch comes again."""

import pytest
import toy

from tfvgan.callbacks import CsvLog


def test_writes_what_fit_logs(tmp_path):
    path = tmp_path / "log.csv"
    history = (
        toy.model()
        .fit(toy.dataset(), epochs=2, verbose=0, shuffle=False, callbacks=[CsvLog(path)])
        .history
    )
    header, *rows = (line.split(",") for line in path.read_text().splitlines())
    assert header == ["epoch", *history]
    for epoch, row in enumerate(rows):
        assert [float(value) for value in row] == [epoch, *(history[n][epoch] for n in history)]


def test_an_epoch_that_comes_again_replaces_its_row_and_those_after(tmp_path):
    log = CsvLog(tmp_path / "log.csv")
    for epoch, loss in ((0, 1.0), (1, 2.0), (2, 3.0), (1, 4.0)):
        log.on_epoch_end(epoch, {"loss": loss})
    assert log.path.read_text() == "epoch,loss\n0,1.0\n1,4.0\n"


def test_a_log_that_came_later_is_nan_before(tmp_path):
    log = CsvLog(tmp_path / "log.csv")
    log.on_epoch_end(0, {"a": 1.0})
    log.on_epoch_end(1, {"a": 2.0, "b": 3.0})
    assert log.path.read_text() == "epoch,a,b\n0,1.0,nan\n1,2.0,3.0\n"


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"\0\0\0", b"epoch,a\n0,\xff\n", b"a\n1\n", b"epoch\nx\n", b"epoch,a\n0\n"),
        *(b"epoch\n0,1\n", b'epoch,a\n0,"1\n'),
    ],
)
def test_a_damaged_table_is_set_aside(tmp_path, content, caplog):
    log = CsvLog(tmp_path / "log.csv")
    log.path.write_bytes(content)
    log.on_epoch_end(3, {"loss": 1.0})
    assert log.path.read_text() == "epoch,loss\n3,1.0\n"
    aside = tmp_path / "log.csv.damaged"
    if content:
        assert aside.read_bytes() == content and "is damaged" in caplog.text
