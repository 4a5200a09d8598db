"""`tfvgan publish`: from a run to a small folder that others load, serve, play and judge."""

from .arguments import (
    add_allow,
    add_edge,
    add_setting,
    add_sharpness,
    add_verb,
    allowed,
    given,
    not_negative,
)

SUMMARY = """\
Publish the network of a run as one small folder with a card.

The folder holds:
  generator.keras  the network, for Keras
  1/               a SavedModel for TensorFlow Serving, .tflite files, and parity.json, which says
                   how far each is from the Keras model
  pictures         a film strip and a line of pixels over time; of what takes videos what it makes
                   of an --example
  README.md        the card: what, command, commit, date, data, licence, sizes, scores, use
  SHA256SUMS       checksums, here and in 1/; they are checked when files are loaded

The folder appears once it is complete. The discriminator and the optimizers stay in the run."""

EXAMPLES = (
    "tfvgan publish runs/shapes saved_models/generate_shapes --data 'moving shapes, made by ...' "
    "--licence Apache-2.0",
    "tfvgan publish runs/faces saved_models/generate_faces --data 'faces of ...' "
    "--licence 'CC-BY 4.0' --notes limits.md --scores scores/metrics.jsonl",
    "tfvgan publish runs/mend saved_models/restore_mine --data '...' --licence MIT "
    "--example good.mp4",
    "tfvgan publish runs/coded saved_models/codec_mine --data '...' --licence MIT "
    "--example good.mp4 --notes scores.md",
)
SETTINGS = ("data", "licence", "what", "scores", "seed", "sharpness", "example", "edge", "clips")


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "publish", run, SUMMARY, EXAMPLES)
    parser.add_argument("model", metavar="RUN", help="a run folder, or a .keras file")
    parser.add_argument("out", metavar="FOLDER", help="a new folder; its name is the model's")
    for name, meaning in (
        ("data", "which videos it learned from, and where they are"),
        ("licence", "of the weights, as far as the data allows"),
    ):
        parser.add_argument(f"--{name}", required=True, metavar="TEXT", help=meaning)
    add_setting(parser, "--what", None, "what the model shows", metavar="TEXT")
    parser.add_argument(
        "--notes", metavar="FILE", help="Markdown for the card, such as what it does badly"
    )
    add_setting(parser, "--scores", None, "the metrics.jsonl of tfvgan evaluate -o", metavar="FILE")
    add_setting(
        parser,
        "--example",
        None,
        "a good video, for the pictures of what takes videos",
        metavar="VIDEO",
    )
    add_edge(parser)
    add_setting(
        parser,
        "--clips",
        None,
        "good videos, for models that read frames: .tflite files are measured on them (default: "
        "of the clips that the run has decoded, or the --example)",
        nargs="+",
        metavar="VIDEO",
    )
    add_allow(parser)
    add_sharpness(parser)
    add_setting(parser, "--seed", 0, "of the pictures", type=not_negative, metavar="N")


def run(args):
    """Publishes."""
    settings = given(args, SETTINGS)
    if args.notes is not None:
        with open(args.notes, encoding="utf-8") as file:
            settings["notes"] = file.read()
    from tfvgan.runs import publish

    out = publish(args.model, args.out, **settings, **allowed(args))
    print(f"Wrote {out}: its card is {out}/README.md.")
