"""Headers of a bare stream: size, shape of pixels, colours."""

from tfvgan.data.colours import UNSAID

# How FFmpeg's filter of each standard calls primaries and transfer.
COLOURS = {
    "av1": ("color_primaries", "transfer_characteristics"),
    "hevc": ("colour_primaries", "transfer_characteristics"),
    "h264": ("colour_primaries", "transfer_characteristics"),
}
# Pixels that the sides of coded frames are multiples of, for those that say what is to be shown.
CODED = {"hevc": 8, "h264": 16}


def stated(standard, packets, size, shown, look):
    """Yields the packets with the film's size, aspect and colours in their headers.

    Args:
        standard: of `tfvgan.data.base_layer.STANDARDS`.
        packets: bytes of each, as players read them.
        size: `(height, width)` of the stream's frames.
        shown: `(height, width)` of what of them is the film's.
        look: `Look` of the film.
    """
    import av

    options = _filter_options(standard, size, shown, look)
    if not options:
        yield from packets
        return
    texts = ":".join(f"{name}={value}" for name, value in options.items())
    rewriter = av.BitStreamFilterContext(f"{standard}_metadata={texts}", standard)
    for packet in packets:
        yield from map(bytes, rewriter.filter(av.Packet(packet)))
    yield from map(bytes, rewriter.filter(None))


def unsaid(standard, size, shown, aspect):
    """Returns clauses on the crop and the aspect, where the standard's headers lack them.

    Args:
        standard, size, shown: as of `stated`.
        aspect: Fraction, a pixel's width by its height, or 1 where the file itself says it.
    """
    if standard in CODED:
        return []
    (height, width), (high, wide) = size, shown
    cut = [f"that {wide}x{high} of its {width}x{height} pixels are the film's"]
    return cut * (size != shown) + [f"that pixels are {aspect} as wide as high"] * (aspect != 1)


def _filter_options(standard, size, shown, look):
    """Returns the options of FFmpeg's filter of metadata, a dict."""
    numbers = zip(COLOURS[standard], (look.primaries, look.transfer))
    options = {name: number for name, number in numbers if number != UNSAID}
    if standard not in CODED:
        return options
    if look.aspect != 1:
        options["sample_aspect_ratio"] = f"{look.aspect.numerator}/{look.aspect.denominator}"
    if size != shown:
        for name, full, part in zip(("crop_bottom", "crop_right"), size, shown):
            options[name] = -(-full // CODED[standard]) * CODED[standard] - part
    return options
