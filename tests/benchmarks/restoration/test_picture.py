"""The picture of what restorers make: all that is said in it can be read."""

import numpy as np

from benchmarks.restoration import picture


def test_texts_are_whole_and_apart():
    square = np.zeros((picture.SIDE, picture.SIDE, 3), np.uint8)
    said = ("given", "bm3d 60", "ours", "original")
    rows = [
        (f"{task}: {name}", dict.fromkeys(said, square))
        for task, (_, name) in picture.SHOWN.items()
    ]
    figure = picture.drawn(rows)
    figure.canvas.draw()
    texts = [axis.title for axis in figure.axes] + [part._suptitle for part in figure.subfigs]
    boxes = [text.get_window_extent() for text in texts]
    whole = figure.bbox
    for number, box in enumerate(boxes):
        assert whole.x0 <= box.x0 and box.x1 <= whole.x1 and box.y1 <= whole.y1
        assert not any(box.overlaps(other) for other in boxes[:number])
        assert not any(box.overlaps(axis.get_window_extent()) for axis in figure.axes)
    smallest = min(text.get_fontsize() for text in texts) / 72  # Inches.
    assert smallest * 375 / figure.get_figwidth() > 9  # Pixels of a phone that is 375 wide.
