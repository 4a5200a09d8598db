"""The figures of compression, for the page: rate and distortion, packets, speed."""

import numpy as np

from benchmarks.compression import table
from benchmarks.writing import Aim, aims_table, in_markdown, loaded, page, paragraph, source

LEARNED = "ours, learned"
OLDER = {"ours over h264, detail": "x264 veryslow", "ours over hevc, detail": "x265 slow"}
DETAIL = "ours over av1, detail"
SMALL = "ours over av1, detail, half size"
X264 = "x264 veryslow"
LEAST = 5  # Percent of the time that the entropy coder may take.


def aims():
    """Returns what was aimed at, and what was found."""
    results = loaded("codec")
    return [*table.aims(results), *_older(results), _learned(results["rows"]), _entropy()]


def _older(results):
    """More was to be gained over the older standards than over AV1."""
    rates, aims = results["rates"], []
    most = rates[DETAIL][table.BASE]
    for codec, rival in OLDER.items():
        less = [key for key in table.SHOWN if rates[codec][rival][key] > most[key]]
        aims.append(
            Aim(
                f"{codec}: bits saved against {rival}",
                f"more than over AV1 against {table.BASE}, by each measure",
                f"less by {', '.join(less)}" if less else "more by each",
                not less,
            )
        )
    return aims


def _learned(rows):
    both = [
        (size, *(table.at(rows, codec, size, "LPIPS") for codec in (LEARNED, X264)))
        for size in table.SIZES
        if size <= 0.05
    ]
    scores = [
        f"{size:g}: {'not reached' if ours is None else f'{ours:.3f}'} (x264: {theirs:.3f})"
        for size, ours, theirs in both
    ]
    met = all(ours is not None and ours < theirs for _, ours, theirs in both)
    aim = "below x264's from 0.01 to 0.05 bits per pixel"
    return Aim(f"{LEARNED}: LPIPS", aim, "; ".join(scores), met)


def _entropy():
    most = max(row["entropy coder %"] for row in loaded("codec_speed")["rows"])
    aim = f"less than {LEAST} % of the time"
    return Aim("entropy coder, 640x360", aim, f"{most:.1f} % at most", most < LEAST)


def size_of(rows, codec, key, value):
    """Returns at how many bits per pixel a codec has a score, between those that were measured."""
    points = sorted((row[key], row["bpp"]) for row in rows if row["codec"] == codec)
    scores, sizes = zip(*points)
    return float(np.exp(np.interp(value, scores, np.log(sizes))))


def section():
    """Returns the section of the page, in Markdown."""
    results = loaded("codec")
    return page(
        "Compression",
        paragraph(
            f"{len(results['clips'])} videos that no network learned from: {results['frames']} "
            "frames of the 256x256 pixels in the middle of each, means at equal size. What a "
            "codec does not reach is marked -. Ours are whole files, with all that decoding "
            "needs but the model. Of the others only the frames are counted: the mp4 around "
            "them adds .003 to .01 bits per pixel here, and x264's settings are left out. "
            "VVenC has constant quantisers, no rate factor. Seconds are means of four of the "
            "clips at a middle quality."
        ),
        "![LPIPS, VMAF-NEG and PSNR of luma over bits per pixel: ours over AV1, HEVC and H.264 "
        "beside their encoders, and the learned codec](results/codec.png)",
        "### At equal size",
        "A table for each score; its columns are sizes in bits per pixel:",
        table.equal_size(results["rows"], table.seconds()),
        "### Bits at equal quality",
        paragraph(
            "Bits that ours takes at the same quality, Bjøntegaard's mean over what both "
            "reach; below 0 ours takes fewer:"
        ),
        table.rates(results),
        source("compression/rate", "codec"),
        source("compression/seconds", "codec_seconds"),
        "### Aims",
        aims_table(aims()),
        *_notes(results),
        *_packets(),
        *_large(),
        *_speed(),
    )


def _notes(results):
    rows, whole = results["rows"], results["file_rates"][DETAIL][table.BASE]
    fidelity = table.further(rows, "ours over av1, fidelity", "PSNR-Y")
    saved = {
        codec: [-results["rates"][codec][rival][key] for key in ("LPIPS", "VMAF-NEG")]
        for codec, rival in OLDER.items()
    }
    (x264, x264_vmaf), (x265, x265_vmaf) = saved.values()
    size = 0.004
    small = table.at(rows, SMALL, size, "LPIPS")
    first = min((row for row in rows if row["codec"] == LEARNED), key=lambda row: row["bpp"])
    same = size_of(rows, X264, "LPIPS", first["LPIPS"])
    enlarged = size_of(rows, f"{table.BASE}{table.HALF}", "LPIPS", small)
    return [
        paragraph(
            "Over AV1, `detail` meets all aims and surpasses that of PSNR: at equal size its "
            "luma is nearer to the video than AV1's own. For `fidelity` the network changes "
            f"next to nothing: PSNR is {fidelity:.1f} dB above AV1's, and LPIPS gains less than "
            "was aimed at. As whole files, mp4 and all, ours over AV1 takes "
            f"{-whole['LPIPS']:.0f} % fewer bits than SVT-AV1 at equal LPIPS, and "
            f"{-whole['VMAF-NEG']:.0f} % fewer at equal VMAF-NEG (`file_rates` in the results). "
            "Clips are of two seconds: the longer a film, the less the file around it weighs."
        ),
        paragraph(
            f"Over x265 and x264 ours takes {x265:.0f} and {x264:.0f} % fewer bits than these "
            f"at equal LPIPS, and {x265_vmaf:.0f} and {x264_vmaf:.0f} % fewer at equal "
            "VMAF-NEG. In ours x264 leaves appearance to the network (`tune=ssim`). "
            "What x264 says of itself in each stream is counted on neither side."
        ),
        paragraph(
            "Half of the width and height loses in LPIPS here, by resampling and by our "
            f"network alike, but reaches sizes that full frames cannot: at {size:g} bits per "
            f"pixel LPIPS is {small:.2f}, which AV1 of half the size, enlarged by lanczos, has "
            f"at {enlarged:.3f}. With `--bits` it is taken where it is nearer to the video, or "
            "where it alone is small enough."
        ),
        paragraph(
            f"The learned codec is far behind x264: its smallest files have {first['bpp']:.3f} "
            f"bits per pixel and an LPIPS of {first['LPIPS']:.3f}, which x264 has at "
            f"{same:.3f}. It learned for an hour on two cores."
        ),
        paragraph(
            "Both codecs were trained to lower LPIPS (AlexNet), which favours them in that "
            "column. The enhanced one was also trained to lose little of what VMAF counts as "
            "detail, which favours it there. The videos are a validation set: when training "
            "was stopped, that 0.25 dB of luma may be spent, what of it is for sharpness, and "
            "how x264 is tuned were chosen on them."
        ),
    ]


def _packets():
    return [
        "### Packets",
        paragraph(
            "What `fidelity` gains is what packets no longer repeat. Bytes of the same clips' "
            "streams, and of what a `.tvg` holds of them, which comes out the same to the bit:"
        ),
        table.packets(loaded("codec_packets")["rows"]),
        source("compression/packets", "codec_packets"),
    ]


def _large():
    results = loaded("codec_hd")
    short = min(row["frames in a group"] for row in results["rows"])
    return [
        "### Large frames",
        paragraph(
            f"The first {results['frames']} frames of a film of {results['size']}, base layer "
            f"alone, in AV1. A group begins with a key frame: groups of {short} frames take "
            f"{results['more_bits_of_short_groups']:.0f} % more bits at equal PSNR of luma than "
            "groups as long as `tfvgan compress` makes them, whatever the size of frames:"
        ),
        in_markdown(
            ["frames in a group", "quantiser", "bits per pixel", "PSNR-Y", "worst frame"],
            [
                [
                    *(str(row["frames in a group"]), f"{row['quantiser']:g}", f"{row['bpp']:.4f}"),
                    *(f"{row['PSNR-Y']:.2f}", f"{row['worst frame, dB']:.2f}"),
                ]
                for row in results["rows"]
            ],
        ),
        source("compression/hd", "codec_hd"),
    ]


def _speed():
    return [
        "### Speed",
        paragraph(
            "Frames of 640x360 a second, how many times as fast as the film plays that is, and "
            "where the time goes. What a base layer codes by its own entropy coder is in its "
            "share. Parts that run in threads overlap, so shares may be more than 100 together:"
        ),
        table.speed(loaded("codec_speed")),
        source("compression/speed", "codec_speed"),
    ]
