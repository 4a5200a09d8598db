"""A parser of the command line that fails in one sentence, and names what was meant."""

import argparse
import itertools

from .habits import instead


class Parser(argparse.ArgumentParser):
    """An `ArgumentParser` whose errors are one sentence, exit code 2, and name what was meant."""

    narrowed = None  # Function from the words to another parser and its words, or to None.

    def error(self, message):
        """Prints `tfvgan: error: ...` to stderr and exits."""
        self.exit(2, f"tfvgan: error: {message.rstrip('.')} (see `{self.prog} --help`)\n")

    def print_help(self, file=None):
        """Prints the help, and raises where that fails, which argparse would not tell."""
        print(self.format_help(), end="", file=file)

    def parse_known_args(self, args=None, namespace=None):
        """Returns what argparse does, of a verb without a rest: what is left over is an error.

        Options of a verb that do not exist are an error before all others.
        """
        if self.narrowed is not None and (narrowed := self.narrowed(args)) is not None:
            parser, words = narrowed
            return parser.parse_known_args(words, namespace)
        if self._subparsers is None:  # The options of the whole line are those of its verb.
            self._check_options(args)
        known, rest = super().parse_known_args(args, namespace)
        if rest and self._subparsers is None:  # Said by the verb, so that its help is named.
            self.error(f"unrecognized arguments: {' '.join(rest)}")
        return known, rest

    def _check_options(self, args):
        """Exits for the first option that is not the beginning of a known one, or FFmpeg's."""
        options = list(self._option_string_actions)
        for word in itertools.takewhile(lambda word: word != "--", args):
            name = word.partition("=")[0]
            if habit := instead(word, options):
                self.error(f"there is no option {word}{habit}")
            if name.startswith("--") and not any(option.startswith(name) for option in options):
                self.error(f"there is no option {name}{_like(name, options)}")

    def _check_value(self, action, value):
        """Raises for a value that is none of the action's choices."""
        if action.choices is None or value in action.choices:
            return
        names = list(map(str, action.choices))
        advice = _like(str(value), names) or f" (choose from {', '.join(map(repr, names))})"
        raise argparse.ArgumentError(action, f"invalid choice: {value!r}{advice}")


def _like(word, names):
    """Returns the question whether the name that is most like the word was meant, or ""."""
    import difflib

    near = difflib.get_close_matches(word, names, n=1)
    return f": did you mean {near[0]}?" if near else ""
