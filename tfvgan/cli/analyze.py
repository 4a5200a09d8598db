"""`tfvgan analyze`: a video in, a folder with what happens when in it out."""

from .arguments import add_encoder, add_model, add_setting, add_source, add_verb, given

SUMMARY = """\
Find what happens when in a video: cuts, motion, light, sound, what is odd or comes again.

The folder --out then holds report.json (all that was found), frames.csv (a row for each frame),
report.png (shots and curves, to look at), chapters.txt (FFmpeg's metadata: ffmpeg -i in.mp4 -i
chapters.txt -map_metadata 1 -codec copy out.mp4) and cuts.edl (CMX 3600, which editors import).

Of each frame frames.csv has: the probability of a cut, and of a gradual transition (dissolve, fade,
wipe); motion in levels of 255, of the picture and of the block that moves most; sharpness; mean
brightness and the shares of pixels clipped to black and white; the sound's level in decibels, and
its share in the band of speech; and an anomaly curve, of how unlike normal videos it moves and
looks, place by place. 1 there is what one moment of a hundred of normal videos exceeds. Normal is
what --normal holds, of the same camera, which stands; or else the other parts of the video itself.

--keep motion writes the stretches in which something moves as one film, and --split each shot as a
film: pictures are encoded anew so that it hardly shows (--crf, --codec), sound is copied.

The video is read from start to end; of each frame a few numbers are kept, so that memory hardly
grows with its length."""

EXAMPLES = (
    "tfvgan analyze in.mp4 -o report/",
    "tfvgan analyze camera.mkv -o night/ --keep motion",
    "tfvgan analyze camera.mkv -o odd/ --normal usual_days/",
    "tfvgan analyze film.mp4 -o shots/ --split",
    "tfvgan analyze film.mov -o shots/ --split --codec ffv1    # loses nothing, in .mkv",
)
SETTINGS = ("model", "normal", "keep", "split", "codec", "crf", "deinterlace", "fps", "partial")


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "analyze", run, SUMMARY, EXAMPLES)
    parser.add_argument(
        "video", help="a file, a folder of numbered images, or - for a pipe (its picture alone)"
    )
    parser.add_argument(
        "-o", "--out", required=True, metavar="FOLDER", help="a new folder, or an empty one"
    )
    group = parser.add_argument_group("what is found and written")
    add_setting(
        group,
        "--normal",
        None,
        "a video or a folder of videos of usual days, of the same camera, for the anomaly curve",
        metavar="VIDEOS",
    )
    add_setting(
        group, "--keep", None, "write what moves as one film, motion.mp4", choices=("motion",)
    )
    add_setting(
        group, "--split", None, "write each shot as a film, shots/0001.mp4", action="store_true"
    )
    add_model(group, "find_cuts")
    add_source(parser.add_argument_group("how it is read"))
    add_encoder(parser.add_argument_group("how films are written"))


def run(args):
    """Analyses."""
    import sys

    from tfvgan.runs import analyze

    found = analyze(args.video, args.out, show=sys.stderr.isatty(), **given(args, SETTINGS))
    cuts = sum(each.kind == "cut" for each in found.transitions)
    slow = len(found.transitions) - cuts
    print(
        f"Frames: {len(found.times)}. Seconds: {found.end:.1f}. Shots: {len(found.shots)}. Cuts: "
        f"{cuts}. Gradual transitions: {slow}. Stretches with motion: {len(found.moving)}. Unusual "
        f"ones: {len(found.odd)}. Stretches that come again: {len(found.repeats)}."
    )
    print(f"Wrote {args.out}.")
