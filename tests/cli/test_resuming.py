from tfvgan_cli.resuming import to_continue


def test_what_was_typed_is_typed_again_to_go_on(monkeypatch):
    monkeypatch.setattr("sys.argv", ["tfvgan", "verb", "my film.mp4"])
    assert str(to_continue({})) == "Stopped. To continue: tfvgan verb 'my film.mp4' --resume"
    monkeypatch.setattr("sys.argv", ["tfvgan", "verb", "a.mp4", "--resume"])
    assert str(to_continue({"resume": True})) == "Stopped. To continue: tfvgan verb a.mp4 --resume"
