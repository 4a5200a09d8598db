"""Plays a .tflite file of this project on an edge device: a camera or a file in, a video out.

    python play.py saved_models/style_ink/1/stylize_frame-dynamic.tflite --camera 0 --window
    python play.py saved_models/restore_x2_fast/1/restore_frame-dynamic.tflite old.mp4 -o new.mp4

It needs `pip install numpy av ai-edge-litert`, OpenCV for a camera, and OpenCV or ffplay for a
window. It needs neither TensorFlow nor tfvgan. README.md has a command for each model.
"""

import argparse
import collections
import itertools
import os
import shutil
import statistics
import subprocess
import sys
import threading
import time
from fractions import Fraction
from pathlib import Path

import numpy as np

CUT = 0.3  # Of FFmpeg's scene score; above it a new scene begins, and the state is forgotten.
NUMBERS = {"strength": 1.0, "level": 0.5, "sharpness": 0.0, "label": 0}  # What --set changes.
RATE, CLIP = 25, 16  # Frames a second of generated videos, and in a clip of theirs.
ROOM = 2  # Frames that may wait for the model: more would only make a live picture late.
CLOCK = 90000  # Ticks a second of what is written.
UNSAID = ("vp8", "vp9", "libdav1d", "av1")  # Decoders that do not say where colours lie.
SCALING = 0x42004  # FFmpeg's flags: bicubic, full_chroma_int, accurate_rnd.
FULL_INPUT = 0x4000  # And full_chroma_inp.
VIDEOS = (".mp4", ".mkv", ".mov", ".avi", ".ts")  # What holds H.264, by the file's ending.
ROWS = "75557 26227 71747 71717 55711 74717 74757 71111 75757 75717 00002 00000"  # In octal.
GLYPHS = dict(zip("0123456789. ", ROWS.split()))


class Refused(ValueError):
    """What was asked for cannot be done; the sentence says why, and what to do."""


class Level:
    """Says of PyAV's frames that the colours that pixels share lie level with the left ones."""

    def __init__(self):
        self._kind = None

    def __call__(self, frame):
        """Returns the frame, which says so; its pixels are not copied."""
        import av

        kind = frame.width, frame.height, frame.format.name
        if kind != self._kind:
            self._graph = av.filter.Graph()
            how = dict(zip(("width", "height", "format"), kind), time_base=Fraction(1, CLOCK))
            self._into = self._graph.add_buffer(**how)
            says = self._graph.add("setparams", "chroma_location=left")
            self._out = self._graph.add("buffersink")
            self._graph.link_nodes(self._into, says, self._out).configure()
            self._kind = kind
        self._into.push(frame)
        return self._out.pull()


def from_file(path, size, live=False):
    """Yields `(seconds, picture)` of a file: uint8 (h, w, 3), shrunk to fit into `size` (h, w).

    Args:
        path: of a video.
        size: height and width of the model's frames.
        live: bool, whether frames come no sooner than a camera's would.
    """
    import av

    with av.open(str(path)) as container:
        if not container.streams.video:
            raise Refused(f"{path} has no pictures: give a video.")
        stream = container.streams.video[0]
        level = Level() if stream.codec_context.name in UNSAID else None
        began, step = time.monotonic(), 1 / float(stream.average_rate or RATE)
        for number, frame in enumerate(container.decode(stream)):
            seconds = number * step if frame.time is None else float(frame.time)
            if live:
                time.sleep(max(0.0, began + number * step - time.monotonic()))
            turn = -1 if frame.rotation % 180 else 1
            height, width = fitting((frame.height, frame.width)[::turn], size)[::turn]
            unsaid = int(frame.colorspace) in (0, 2, 3)
            matrix = (1 if frame.height > 576 else 5) if unsaid else int(frame.colorspace)
            said = level(frame) if level else frame
            made = said.reformat(width, height, "rgb24", matrix, interpolation=SCALING)
            yield seconds, np.rot90(made.to_ndarray(), frame.rotation // 90)


def from_camera(number, size):
    """Yields `(seconds, picture)` of a camera, likewise."""
    try:
        import cv2
    except ImportError:
        raise Refused("A camera needs OpenCV: `pip install opencv-python`.") from None
    device = cv2.VideoCapture(number)
    if not device.isOpened():
        raise Refused(f"There is no camera {number}: try another number, or give a file.")
    began, (there, picture) = time.monotonic(), device.read()
    while there:
        height, width = fitting(picture.shape[:2], size)
        picture = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
        yield time.monotonic() - began, picture[..., ::-1]
        there, picture = device.read()


def fitting(sides, size):
    """Returns the height and width of a frame that was shrunk into `size`; small ones stay."""
    scale = min(1.0, size[0] / sides[0], size[1] / sides[1])
    return [max(1, round(scale * side)) for side in sides]


class Queue:
    """Frames that a thread of its own reads; of live ones the oldest is dropped when one is late.

    Args:
        frames: iterable of what is handed on.
        live: bool, whether frames come at their own pace; else reading waits until there is room.

    Attributes:
        dropped: how many were.
    """

    def __init__(self, frames, live):
        self.dropped, self._live, self._ended, self._wrong = 0, live, False, None
        self._waiting, self._changed = collections.deque(), threading.Condition()
        threading.Thread(target=self._read, args=(frames,), daemon=True).start()

    def _read(self, frames):
        try:
            for frame in frames:
                with self._changed:
                    self._changed.wait_for(lambda: self._live or len(self._waiting) < ROOM)
                    if len(self._waiting) >= ROOM:
                        self._waiting.popleft()
                        self.dropped += 1
                    self._waiting.append(frame)
                    self._changed.notify_all()
        except Exception as wrong:  # Raised again where frames are taken.
            self._wrong = wrong
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def __iter__(self):
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._ended)
                if not self._waiting:
                    break
                frame = self._waiting.popleft()
                self._changed.notify_all()
            yield frame
        if self._wrong is not None:
            raise self._wrong


def scenes(frames):
    """Yields `(seconds, before, now, after)`; None is what lies beyond a cut, or an end."""
    frames, before, change = iter(frames), None, 0.0
    now = next(frames, None)
    while now is not None:
        after, cut = next(frames, None), True
        if after is not None:
            small, new = (shot[1][::4, ::4].astype("float32") / 255 for shot in (now, after))
            earlier, change = change, float(np.abs(new - small).mean())
            cut = min(change, abs(change - earlier)) > CUT
        yield now[0], before, now[1], None if cut else after[1]
        before, now = None if cut else now[1], after


class Model:
    """A .tflite file of one signature, and how long it takes.

    Args:
        path: of the file.
        threads: int or None, how many LiteRT may use.
        numbers: dict by name of the numbers that it reads beside frames, over `NUMBERS`.

    Attributes:
        shapes: dict by name of what it reads.
        size: height and width of its frames; None of generators.
        milliseconds: list, of each call.
    """

    def __init__(self, path, threads=None, numbers=None):
        from ai_edge_litert.interpreter import Interpreter

        if not Path(path).is_file():
            inside = sorted(map(str, Path(path).rglob("*.tflite"))) if Path(path).is_dir() else []
            there = f", such as {inside[0]}" if inside else ""
            raise Refused(f"There is no file {path}: give a .tflite file{there}.")
        try:
            opened = Interpreter(model_path=str(path), num_threads=threads)
        except ValueError as wrong:
            raise Refused(f"{path} is no .tflite file ({wrong}): give one.") from None
        self._run = opened.get_signature_runner()
        details = self._run.get_input_details()
        self.shapes = {name: tuple(map(int, of["shape"])) for name, of in details.items()}
        self._dtypes = {name: of["dtype"] for name, of in details.items()}
        self._numbers, self.milliseconds = {**NUMBERS, **(numbers or {})}, []
        frames, noise = {"before", "frame", "after", "state"}, {"latents", "motion", "time"}
        known, named = frames | noise | NUMBERS.keys(), ", ".join(sorted(details))
        if details.keys() - known or not details.keys() & {"frame", "latents"}:
            raise Refused(
                f"{path} reads {named}: this plays files of frames or noise, which read no more "
                f"than {', '.join(sorted(known))}."
            )
        if unknown := sorted((numbers or {}).keys() - (details.keys() & NUMBERS.keys())):
            raise Refused(f"--set {unknown[0]}=... is for other files: {path} reads {named}.")
        self.size = self.shapes["frame"][1:3] if "frame" in self.shapes else None

    def __call__(self, **given):
        """Returns the outputs, a dict of arrays of batch 1; what is not given is a number."""
        for name in self.shapes.keys() - given.keys():
            given[name] = np.full(self.shapes[name], self._numbers[name])
        began = time.perf_counter()
        outputs = self._run(**{name: of.astype(self._dtypes[name]) for name, of in given.items()})
        self.milliseconds.append(1000 * (time.perf_counter() - began))
        return outputs


def stepped(model, frames):
    """Yields `(seconds, picture, outputs)` for each frame of a video that a model is run on."""
    state = None
    for seconds, before, now, after in scenes(frames):
        if before is None:
            state = np.zeros(model.shapes["state"], "float32")
        near = {"before": before, "frame": now, "after": after}
        fill = [(0, most - side) for most, side in zip(model.size, now.shape)]
        given = {
            name: np.pad(now if picture is None else picture, [*fill, (0, 0)], "edge")[None]
            for name, picture in near.items()
            if name in model.shapes
        }
        outputs = model(**given, state=state)
        state = outputs["state"]
        yield seconds, now, outputs


def generated(model, seed, count):
    """Yields `(seconds, None, outputs)` for each frame of a generator, `count` or without end."""
    draw, number = np.random.default_rng(seed).standard_normal, 0
    noise = [name for name in ("latents", "motion") if name in model.shapes]
    given = {name: draw(model.shapes[name], "float32") for name in noise}
    while count is None or number < count:
        if "time" in model.shapes:
            if number and number % CLIP == 0:  # The oldest anchor of the motion goes.
                new = draw((1, 1, model.shapes["motion"][2]), "float32")
                given["motion"] = np.concatenate([given["motion"][:, 1:], new], axis=1)
            made = model(**given, time=np.array([number]))["frame"]
        else:
            made = model(**given)["video"][0]
            given = {name: draw(model.shapes[name], "float32") for name in noise}
        for frame in made[: None if count is None else count - number]:
            yield number / RATE, None, {"frame": frame[None]}
            number += 1


def shown(outputs, now, size, background, matte=False):
    """Returns what was made of a frame, uint8 (h, w, 3).

    Args:
        outputs: of the model: a "frame" in [-1, 1], or a "mask", by which the frame is cut out.
        now: the frame, which fills the upper left of the model's; None of generators.
        size: of the model's frames.
        background: colour behind what is cut out.
        matte: bool, whether to show the mask itself, white.
    """
    if "mask" in outputs:
        share = 1 - outputs["mask"][0, : now.shape[0], : now.shape[1], :1]
        front, back = (np.full(3, 255), np.zeros(3)) if matte else (now, np.array(background))
        picture = share * front + (1 - share) * back
    else:
        picture = 127.5 * (outputs["frame"][0] + 1)
        if now is not None:
            height, width = (picture.shape[0] // size[0] * side for side in now.shape[:2])
            picture = picture[:height, :width]
    return np.clip(np.rint(picture), 0, 255).astype("uint8")


def with_number(picture, number):
    """Returns a copy of a picture with a number in its upper left, white on black."""
    text = f" {number:.1f} "
    rows = [[int(GLYPHS[letter][row]) for letter in text] for row in range(5)]
    dots = np.array([[bits >> at & 1 for bits in row for at in (2, 1, 0, 3)] for row in rows])
    scale = max(1, picture.shape[0] // 90)
    dots = np.pad(255 * dots, 1).repeat(scale, 0).repeat(scale, 1)
    height, width = (min(sides) for sides in zip(dots.shape, picture.shape))
    picture = picture.copy()
    picture[:height, :width] = dots[:height, :width, None]
    return picture


class File:
    """Writes pictures of one size to a video, H.264; it appears when it is whole."""

    def __init__(self, path, overwrite):
        self._path, self._stream, self._last, self._level = Path(path), None, -1, Level()
        self._aside = self._path.with_name(f".{os.getpid()}-{self._path.name}")
        if self._path.exists() and not overwrite:
            raise Refused(f"{path} is there already: name another file, or add --overwrite.")
        if not self._path.parent.is_dir():
            raise Refused(f"There is no folder {self._path.parent}: make it first.")
        if self._path.suffix not in VIDEOS:
            raise Refused(f"{path} is no video: give one that ends in {', '.join(VIDEOS)}.")

    def __call__(self, seconds, picture, rate):
        """Returns True: it goes on."""
        import av

        height, width = (side - side % 2 for side in picture.shape[:2])
        if self._stream is None:
            self._container = av.open(str(self._aside), "w")
            self._stream = self._container.add_stream("libx264", rate=RATE, options={"crf": "18"})
            self._stream.height, self._stream.width = height, width
            self._stream.codec_context.time_base = Fraction(1, CLOCK)
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture[:height, :width]), "rgb24")
        frame = self._level(frame).reformat(
            format="yuv420p",
            dst_colorspace=1 if height > 576 else 5,
            dst_color_range=1,
            interpolation=SCALING | FULL_INPUT,
        )
        self._last = frame.pts = max(self._last + 1, round(seconds * CLOCK))
        frame.time_base = Fraction(1, CLOCK)
        self._container.mux(self._stream.encode(frame))
        return True

    def close(self, whole):
        """Puts the video in its place; removes it where it is not whole."""
        if self._stream is not None:
            self._container.mux(self._stream.encode())
            self._container.close()
            os.replace(self._aside, self._path) if whole else os.remove(self._aside)


class Window:
    """Shows pictures, and frames a second, by OpenCV, or by ffplay where it has no windows."""

    def __init__(self):
        try:
            import cv2

            cv2.namedWindow("play", cv2.WINDOW_NORMAL | cv2.WINDOW_KEEPRATIO)
            self._cv2 = cv2
        except Exception:  # It is not there, was built without windows, or has no display.
            self._cv2 = self._player = None
            if shutil.which("ffplay") is None or not os.environ.get("DISPLAY", os.name != "posix"):
                raise Refused(
                    "A window needs a display, and OpenCV (`pip install opencv-python`) or ffplay: "
                    "leave --window out, and give -o FILE."
                ) from None

    def __call__(self, seconds, picture, rate):
        """Returns whether the window is still open; q closes it."""
        picture = np.ascontiguousarray(with_number(picture, rate))
        if self._cv2 is not None:
            self._cv2.imshow("play", picture[..., ::-1])
            return self._cv2.waitKey(1) & 255 != ord("q")
        if self._player is None:
            size = f"{picture.shape[1]}x{picture.shape[0]}"
            words = "ffplay -v error -fflags nobuffer -f rawvideo -pixel_format rgb24 -video_size"
            self._player = subprocess.Popen([*words.split(), size, "-"], stdin=subprocess.PIPE)
        try:
            self._player.stdin.write(picture.tobytes())
        except BrokenPipeError:
            return False
        return True

    def close(self, whole):
        """Closes it."""
        if self._cv2 is not None:
            self._cv2.destroyAllWindows()
        elif self._player is not None:
            self._player.kill()


def play(shots, sinks, picture_of, dropped):
    """Returns how many frames there were, having shown them all."""
    times, count = collections.deque([time.monotonic()], maxlen=31), 0
    told = times[0]
    for seconds, now, outputs in shots:
        picture, count = picture_of(outputs, now), count + 1
        times.append(time.monotonic())
        rate = (len(times) - 1) / max(times[-1] - times[0], 1e-6)
        going = [sink(seconds, picture, rate) for sink in sinks]
        if not all(going):
            break
        if times[-1] > told + 1:
            told, line = times[-1], f"\r{count} frames, {rate:.1f} a second, {dropped()} dropped"
            print(line, end="", file=sys.stderr)
    return count


def number_of(text):
    """Returns the name and the number of NAME=NUMBER."""
    name, _, number = text.partition("=")
    try:
        return name, float(number)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected NAME=NUMBER, not {text!r}") from None


def parser():
    """Returns the parser of the command line."""
    made = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add = made.add_argument
    add("model", help="a .tflite file that reads frames, or that makes them of noise")
    add("video", nargs="?", help="a file; leave it out with --camera, and for noise")
    add("-o", "--out", help="the video that is written, such as out.mp4")
    add("--overwrite", action="store_true", help="replace --out where it is there")
    add("--camera", type=int, metavar="NUMBER", help="read a camera; the first is 0")
    add("--window", action="store_true", help="show a window with frames a second; q closes it")
    add("--live", action="store_true", help="play a file as a camera would: late frames are lost")
    add("--matte", action="store_true", help="of a segmenter: show the mask, not what it cuts out")
    colour = {"default": (0, 177, 64), "metavar": ("RED", "GREEN", "BLUE")}
    add("--background", type=int, nargs=3, **colour, help="the colour behind what is cut out")
    numbers = ", ".join(f"{name}={number:g}" for name, number in NUMBERS.items())
    numbers = {"metavar": "NAME=NUMBER", "help": f"what a file reads beside frames: {numbers}"}
    add("--set", type=number_of, action="append", default=[], **numbers)
    add("--seed", type=int, default=0, help="of noise")
    add("--frames", type=int, help="how many, at most; of noise 128 where there is no window")
    add("--threads", type=int, help="of LiteRT, which takes one by itself")
    return made


def run(given):
    """Plays what the command line asks for, and prints how fast it was."""
    model = Model(given.model, given.threads, dict(given.set))
    if (given.camera is None and given.video is None) != (model.size is None):
        raise Refused("A file of frames needs a video or --camera, and one of noise has neither.")
    if not given.out and not given.window:
        raise Refused("Say where it shows: give -o FILE, or --window.")
    sinks = [File(given.out, given.overwrite)] if given.out else []
    sinks += [Window()] if given.window else []
    live, queue = given.live or given.camera is not None, None
    if model.size is None:
        count = given.frames if given.frames or given.window else 128
        shots = generated(model, given.seed, count)
    else:
        height, width = model.size
        print(f"{given.model} reads frames of {width}x{height}: larger ones are shrunk to fit.")
        frames = from_file(given.video, model.size, live) if given.video else None
        queue = Queue(frames or from_camera(given.camera, model.size), live)
        shots = itertools.islice(stepped(model, queue), given.frames)
    whole, sizes, began = False, collections.Counter(), time.monotonic()

    def picture_of(outputs, now):
        picture = shown(outputs, now, model.size, given.background, given.matte)
        sizes[f"{picture.shape[1]}x{picture.shape[0]}"] += 1
        return picture

    try:
        count = play(shots, sinks, picture_of, lambda: queue.dropped if queue else 0)
        whole = True
    except KeyboardInterrupt:  # What is there so far is a whole video.
        whole, count = True, sum(sizes.values())
    finally:
        seconds = time.monotonic() - began
        for sink in sinks:
            sink.close(whole)
    if not count:
        raise Refused(f"{given.video} has no frame that can be read.")
    told = f"{count / seconds:.1f} a second, {queue.dropped if queue else 0} dropped"
    call = statistics.median(model.milliseconds)
    print(f"\r{count} frames of {', '.join(sizes)}, {told}; the model takes {call:.1f} ms a call.")


def main(words=None):
    """Returns the exit code of the command line: 2 where something was refused."""
    try:
        run(parser().parse_args(words))
    except (ValueError, OSError) as wrong:  # Those of PyAV, too.
        print(f"play.py: {wrong}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
