"""`tfvgan serve-config`: the files that TensorFlow Serving is started with."""

import os
import shlex

from .arguments import add_setting, add_verb, given, positive

SUMMARY = """\
Write the files that TensorFlow Serving is started with, for a folder of models.

FOLDER holds models as `tfvgan export` and `tfvgan publish` write them: NAME/1/, NAME/2/ and so on.
models.config names them, batching_params.pbtxt says how requests are put together, and
monitoring.config lets Prometheus ask. docker-compose.yml starts the official image with them:
`docker compose up`, then REST at port 8501 and gRPC at port 8500, on this machine alone.
Without Docker, --base says where the server finds the models, and its command line is printed.

--check replays the requests that lie beside the newest version of each model, as a server does
while it loads one, and tells how long they take. A server does not load a model that fails."""

EXAMPLES = (
    "tfvgan serve-config saved_models",
    "tfvgan serve-config saved_models -o serving --models style_ink restore_x2",
    'tfvgan serve-config saved_models -o serving --base "$PWD/saved_models"   # without Docker',
    "tfvgan serve-config saved_models --check",
)


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "serve-config", run, SUMMARY, EXAMPLES)
    parser.set_defaults(sought=("folder",))
    parser.add_argument("folder", metavar="FOLDER", help="a folder of models, or one model")
    parser.add_argument(
        "-o", "--out", metavar="OUT", help="the folder of the files (default: FOLDER)"
    )
    parser.add_argument(
        "--base",
        help="the folder that the models lie in, as a server without Docker sees it (default: "
        "/models of the image)",
    )
    add_setting(parser, "--models", "all", "names of models", nargs="+", metavar="NAME")
    meaning = "batches that are computed at the same time"
    cores = "the number of cores"
    add_setting(parser, "--threads", cores, meaning, type=positive, metavar="N")
    parser.add_argument(
        "--no-batching", action="store_true", help="compute each request on its own"
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; replay the requests of each model"
    )


def run(args):
    """Writes the files, or replays requests."""
    from tfvgan.serving.configs import PORTS, server_words, write_configs
    from tfvgan.serving.server.folders import model_folders, versions_in
    from tfvgan.serving.warmup import WARMUP, replay_warmup

    found = model_folders(args.folder)
    names = getattr(args, "models", None) or list(found)
    if unknown := sorted(set(names) - found.keys()):
        raise ValueError(
            f"`{args.folder}` has no model {', '.join(unknown)}: there are "
            f"{', '.join(found) or 'none'}."
        )
    if not args.check:
        # Of a folder that is one model, the models lie beside it.
        top = next(iter(found.values())).parent if found else args.folder
        out, batching = args.out or args.folder, not args.no_batching
        settings = {"batching": batching, "base": args.base, **given(args, ("threads",))}
        for path in write_configs(top, names, out, **settings):
            print(f"Wrote {path}.")
        if args.base is None:
            print(f"To start the server: cd {shlex.quote(out)} && docker compose up")
        else:
            ports = [f"--{name}={port}" for name, port in zip(("port", "rest_api_port"), PORTS)]
            words = [
                "tensorflow_model_server",
                *ports,
                *server_words(os.path.abspath(out), batching),
            ]
            print(f"To start the server: {shlex.join(words)}")
        return
    for name in names:
        version = versions_in(found[name]).popitem()[1]
        replayed = replay_warmup(version)
        if not replayed:
            print(f"{name}: there is no {WARMUP} in {version}, so the first requests are slow.")
        for signature, first, later in replayed:
            print(f"{name} {signature}: {first:.2f} s the first time, {later:.2f} s later.")
