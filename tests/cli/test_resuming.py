from tfvgan_cli.resuming import stopped, to_continue


def test_what_was_typed_is_typed_again_to_go_on(monkeypatch):
    monkeypatch.setattr("sys.argv", ["tfvgan", "verb", "my film.mp4"])
    assert str(to_continue({})) == "Stopped. To continue: tfvgan verb 'my film.mp4' --resume"
    monkeypatch.setattr("sys.argv", ["tfvgan", "verb", "a.mp4", "--resume"])
    assert str(to_continue({"resume": True})) == "Stopped. To continue: tfvgan verb a.mp4 --resume"


def test_what_is_stopped_without_a_word_gets_one():
    assert stopped(KeyboardInterrupt()) == "Stopped."
    assert stopped(KeyboardInterrupt("Stopped after step 7.")) == "Stopped after step 7."
