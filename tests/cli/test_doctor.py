"""tfvgan doctor: prints the report."""

from tfvgan_cli.main import main

from tfvgan import doctor


def test_prints_the_report(monkeypatch, capsys):
    monkeypatch.setattr(doctor, "report", lambda: {"found": "nothing"})
    monkeypatch.setattr(doctor, "render", lambda report: f"The doctor found {report['found']}.")
    assert main(["doctor"]) == 0
    assert capsys.readouterr().out == "The doctor found nothing.\n"
