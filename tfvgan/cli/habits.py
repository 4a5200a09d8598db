"""What FFmpeg calls an option, and what is said to whoever types that out of habit."""

BEFORE = "let FFmpeg do that to the file before, or to the output after"
KEPT = "an output that exists is kept, unless it is asked for otherwise"
CUT = "cut it before, `ffmpeg -ss START -i IN -t SECONDS -c copy PART`"
SHORT = "little is printed, on stderr but for the last line; --debug shows more"
# By the word: options that do the same, of which a verb's first one is named; else a sentence.
HABITS = {
    "-i": ((), "what is read is named without an option"),
    "-y": (("--overwrite",), "nothing is replaced here"),
    "-n": ((), KEPT),
    "-c": (("--base", "--codec"), BEFORE),
    "-codec": (("--base", "--codec"), BEFORE),
    "-vcodec": (("--base", "--codec"), BEFORE),
    "-crf": (("--crf", "--quality"), BEFORE),
    "-q": (("--crf", "--quality"), BEFORE),
    "-qscale": (("--crf", "--quality"), BEFORE),
    "-b": (("--bits", "--crf"), BEFORE),
    "-r": ((), "times of frames are kept; --fps is for numbered images"),
    "-ss": ((), CUT),
    "-t": ((), CUT),
    "-to": ((), CUT),
    "-v": ((), SHORT),
    "-loglevel": ((), SHORT),
    "-hide_banner": ((), "there is no banner to hide: leave it out"),
    "-nostdin": ((), "nothing is read from the keyboard: leave it out"),
    "-threads": ((), "all cores are taken; `taskset` or `nice` leave some to others"),
    **dict.fromkeys(
        ("-vf", "-af", "-filter", "-filter_complex", "-s", "-map", "-an", "-vn", "-sn", "-ac")
        + ("-acodec", "-pix_fmt", "-preset", "-tune", "-f", "-vframes", "-frames", "-movflags"),
        ((), BEFORE),
    ),
}


def instead(word, options):
    """Returns what to do instead of an option of FFmpeg's, as the end of a sentence; or "".

    Args:
        word: what was typed, such as "-c:v".
        options: list of the verb's own options, such as "--codec".
    """
    stem = word.partition(":")[0]
    if stem not in HABITS or {word, stem} & set(options):
        return ""
    same, sentence = HABITS[stem]
    named = next((option for option in same if option in options), None)
    return f": {f'here it is {named}' if named else sentence}"
