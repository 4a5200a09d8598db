"""`tfvgan serve`: models behind TensorFlow Serving's interfaces, and a page to try them on."""

import argparse

from .arguments import add_setting, add_verb, given, not_negative, positive, positive_float

SUMMARY = """\
Serve a folder of models as TensorFlow Serving does, and a page to try them on.

FOLDER holds models as `tfvgan export` and `tfvgan publish` write them: NAME/1/, NAME/2/ and so on.
The newest version of each answers. A newer one is loaded when it appears, and the old one goes when
the new one answers; no request is lost. Each model has a process of its own: a request that takes
too much memory or time ends that process alone, which is started anew.

  http://127.0.0.1:8501/                           the page: a clip in, before and after out
  POST /v1/models/NAME:predict                     or /versions/N:predict, /labels/LABEL:predict
  GET  /v1/models/NAME and .../metadata            states and signatures
  GET  /metrics                                    counts and times for Prometheus
  gRPC at 127.0.0.1:8500                           Predict, GetModelMetadata, GetModelStatus

It listens on this machine alone. --host 0.0.0.0 lets others ask; there is neither a password nor
encryption: put a proxy in front that has both. Ctrl-C ends it when all have their answers."""

EXAMPLES = (
    "tfvgan serve saved_models --models style_ink generate_people",
    "tfvgan serve saved_models --lazy                     # each is loaded when first asked for",
    "tfvgan serve saved_models/style_ink                  # one model",
    "tfvgan serve served --label style_ink:stable=3       # version 3 stays, beside the newest",
    "tfvgan serve served --host 0.0.0.0 --port 80 --grpc-port none",
    "curl localhost:8501/v1/models/style_ink",
)
LIMITS = {  # What is taken on if nothing else is said, and what it is.
    "body": (64, "MB of a request's body"),
    "answer": (256, "MB of an answer"),
    "held": (1024, "MB of all bodies and answers that are held at once"),
    "queue": (256, "requests that may wait for one model"),
    "connections": (400, "connections that are open at once"),
    "seconds": (30, "seconds that a request may compute; it may wait four times as long"),
    "slow": (20, "seconds that a connection may stand still"),
    "memory": (4096, "MB that the process of a model, or of a clip on the page, may take"),
    "at-once": ("the number of cores", "models that compute at the same time"),
    "upload": (512, "MB of a clip on the page"),
    "job-seconds": (900, "seconds that a clip on the page may take"),
    "jobs": (8, "clips on the page that may wait"),
    "kept": (1800, "seconds that a clip on the page is kept after it is done"),
}
WHOLE = ("queue", "connections", "at-once", "jobs")


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "serve", run, SUMMARY, EXAMPLES)
    parser.set_defaults(sought=("folder",))
    parser.add_argument("folder", metavar="FOLDER", help="a folder of models, or one model")
    group = parser.add_argument_group("where it listens")
    add_setting(group, "--host", "127.0.0.1", "address")
    add_setting(group, "--port", 8501, "of HTTP; 0 for any", type=port, metavar="PORT")
    meaning = "of gRPC; 0 for any, none for no gRPC"
    add_setting(group, "--grpc-port", 8500, meaning, type=port_or_none, metavar="PORT")
    group = parser.add_argument_group("what is served")
    add_setting(group, "--models", "all", "names of models", nargs="+", metavar="NAME")
    meaning = "a version that stays, beside the newest, and its name"
    add_setting(group, "--label", None, meaning, nargs="+", metavar="MODEL:LABEL=VERSION")
    meaning = "load a model when it is first asked for"
    add_setting(group, "--lazy", None, meaning, action="store_true")
    group = parser.add_argument_group("what is taken on")
    for name, (default, meaning) in LIMITS.items():
        kind = positive if name in WHOLE else positive_float
        add_setting(group, f"--{name}", default, meaning, type=kind, metavar="N")


def run(args):
    """Serves."""
    import sys

    from tfvgan.serving.server import Limits, serve_folder
    from tfvgan.serving.server.folders import read_labels
    from tfvgan.serving.server.serve import speaks_grpc

    settings = given(args, ("host", "port", "grpc_port", "lazy"))
    if "grpc_port" not in settings and not speaks_grpc():
        settings["grpc_port"] = None
        print("There is no gRPC: it needs tensorflow-serving-api, of TensorFlow 2.17.")
    names = [name.replace("-", "_") for name in LIMITS]
    serve_folder(
        args.folder,
        **settings,
        names=getattr(args, "models", None),
        labels=read_labels(getattr(args, "label", ())),
        limits=Limits(**given(args, names)),
        ready=_ready,
        told=lambda line: print(line, file=sys.stderr),
    )


def _ready(listening):
    print(f"{listening.url}/ is the page, and the models are below it at /v1/models/NAME.")
    if listening.grpc_port is not None:
        print(f"gRPC is at {listening.host}:{listening.grpc_port}.")
    if listening.host not in ("127.0.0.1", "localhost", "::1"):
        print("Whoever reaches this machine may ask: there is neither a password nor encryption.")


def port(text):
    """Returns the number of a port."""
    number = not_negative(text)
    if number > 65535:
        raise argparse.ArgumentTypeError(f"expected a port from 0 to 65535, not {text!r}")
    return number


def port_or_none(text):
    """Returns the number of a port, or None for "none"."""
    return None if text == "none" else port(text)
