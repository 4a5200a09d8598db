"""Gives readers of foreign bytes files that were spoilt: a sentence must come of each, or a result.

    python tests/fuzz.py --seconds 60          # each reader, a share of the time
    python tests/fuzz.py tvg video --seconds 3600 --seed 7
    python tests/fuzz.py --most 200            # of each, the same ones everywhere, as CI does

What is wrong: another error than a ValueError or an OSError, an error of more than a sentence, a
file that takes more than 20 s of a processor, a process that dies, or one that grows by more than
two gigabytes. The file is kept in --out, and the exit code is 1.

A reader runs in a process of its own, so that one which dies is a finding as well. The same seed
tries the same files in the same order.
"""

import argparse
import contextlib
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parent)]

from fuzzed import READERS

LONGEST = 20  # Seconds of a processor that a file may take.
GROWTH = 1 << 21  # kB that a process may grow by: archives may unpack to half of it.
WORDS = 600  # Characters of an error.
EXTREMES = (b"\0", b"\xff", b"\x7f", b"\x80", 4 * b"\xff", b"\0\0\0\x80", b"\xff\xff\xff\x7f")
NUMBERS = ("-1", "0", "1e999", "NaN", 20 * "9", "-2147483649", "null", '""', "[]", "{}")


def mutated(data, draw):
    """Returns bytes with a few changes of kinds that find mistakes.

    Args:
        data: bytes of a good file.
        draw: `random.Random`.
    """
    data = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 4, 16))):
        if not data:
            break
        at, kind = draw.randrange(len(data)), draw.randrange(8)
        length = min(draw.choice((1, 2, 4, 8, 64, 1024)), len(data) - at)
        if kind == 0:
            data[at] ^= 1 << draw.randrange(8)
        elif kind == 1:
            data[at] = draw.randrange(256)
        elif kind == 2:
            extreme = draw.choice(EXTREMES)
            data[at : at + len(extreme)] = extreme
        elif kind == 3:
            del data[at : at + length]
        elif kind == 4:
            data[at:at] = data[at : at + length]
        elif kind == 5:
            other = draw.randrange(len(data))
            data[at : at + length] = data[other : other + length]
        elif kind == 6:
            del data[at:]
        else:
            data[at : at + length] = bytes(draw.randrange(256) for _ in range(length))
    return bytes(data)


def misquoted(data, draw):
    """Returns bytes of JSON in which a number, a name or a bracket is another; else `mutated`."""
    text = data.decode("utf-8", "replace")
    places = [at for at, letter in enumerate(text) if letter in '0123456789"[]{},:']
    if not places or draw.random() < 0.3:
        return mutated(data, draw)
    for _ in range(draw.choice((1, 1, 2, 4))):
        at = draw.choice(places)
        if text[at : at + 1].isdigit():
            end = at
            while text[end : end + 1].isdigit():
                end += 1
            text = text[:at] + draw.choice(NUMBERS) + text[end:]
        elif draw.random() < 0.1:
            deep = draw.choice((10, 1000, 100_000))
            text = text[:at] + "[" * deep + "]" * deep + text[at + 1 :]
        else:
            text = text[:at] + draw.choice(["", "[", "{", '"', ",", ":", *NUMBERS]) + text[at + 1 :]
    return text.encode("utf-8", "replace")


def wrong_with(read, path):
    """Returns what is wrong with reading a file, in a sentence; "" where nothing is."""
    begun, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        read(path)
    except (ValueError, OSError) as error:
        said = str(error)
        if not said or len(said) > WORDS or "\n" in said.strip():
            return f"{type(error).__name__} is no sentence: {said[:200]!r}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:300]
    took = time.process_time() - begun
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    if took > LONGEST:
        return f"it takes {took:.0f} s"
    return f"it takes {grown >> 10} MB" if grown > GROWTH else ""


def attack(name, folder, seconds, seed, most=None):
    """Returns how many files were tried on a reader, and the findings, `(path, what)` each.

    Args:
        name: of `READERS`.
        folder: of its own, where files are written; findings stay.
        seconds: float, how long.
        seed: int.
        most: int, how many files at most.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    draw, found = random.Random(f"{name} {seed}"), {}
    with contextlib.ExitStack() as stack:
        reader = READERS[name](stack)
        for good in reader.seeds:
            path = folder / f"good{reader.suffix}"
            path.write_bytes(good)
            reader.read(path)  # Raises where the attack would only see that nothing is read.
        end, count = time.monotonic() + seconds, 0
        while time.monotonic() < end and count != most:
            good = draw.choice(reader.seeds)
            data = (misquoted if reader.suffix == ".json" else mutated)(good, draw)
            path = folder / f"tried{reader.suffix}"
            path.write_bytes(data)
            wrong, count = wrong_with(reader.read, path), count + 1
            kind = wrong.partition(":")[0] + wrong[-60:]
            if wrong and kind not in found:
                kept = folder / f"found-{len(found)}{reader.suffix}"
                shutil.copyfile(path, kept)
                found[kind] = (str(kept), wrong)
            path.unlink()
    return count, list(found.values())


def in_a_process(name, arguments, seconds):
    """Returns what `attack` does, of a process of its own, which may die."""
    folder = Path(arguments.out, name)
    words = [sys.executable, __file__, name, "--alone", "--seconds", str(seconds)]
    words += ["--seed", str(arguments.seed), "--out", str(arguments.out)]
    words += [] if arguments.most is None else ["--most", str(arguments.most)]
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=seconds + 300)
        ended, said = f"exit code {done.returncode}", done.stdout.strip().splitlines()
        if done.returncode == 0 and said:
            return json.loads(said[-1])
        ended += f": {done.stderr.strip()[-300:]}"
    except subprocess.TimeoutExpired:
        ended = "it hangs"
    last = [str(path) for path in folder.glob("tried*")]
    return 0, [(" ".join(last) or str(folder), f"the process died ({ended})")]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("readers", nargs="*", metavar="READER", help=f"of {', '.join(READERS)}")
    parser.add_argument("--seconds", type=float, default=60, help="for all of them together")
    parser.add_argument("--most", type=int, help="files for each reader, even if there is time")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", help="where findings stay (default: a temporary folder)")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if unknown := set(arguments.readers) - READERS.keys():
        parser.error(f"no reader {', '.join(sorted(unknown))}: take one of {', '.join(READERS)}")
    arguments.out = arguments.out or tempfile.mkdtemp(prefix="fuzz-")
    if arguments.alone:
        (name,) = arguments.readers
        folder = Path(arguments.out, name)
        given = arguments.seconds, arguments.seed, arguments.most
        print(json.dumps(attack(name, folder, *given)))
        return
    names, wrong = arguments.readers or list(READERS), 0
    for name in names:
        count, found = in_a_process(name, arguments, arguments.seconds / len(names))
        print(f"{name}: {count} files, {len(found)} findings", flush=True)
        for path, what in found:
            print(f"  {path}: {what}", flush=True)
        wrong += len(found)
    if not wrong:
        shutil.rmtree(arguments.out, ignore_errors=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    main()
