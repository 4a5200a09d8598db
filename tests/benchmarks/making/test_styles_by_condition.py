import numpy as np

from benchmarks.making import styles_by_condition as picture


class Told:
    """A sampler whose videos show what it was told: content, motion and label, as colours."""

    class_names = ("one", "two_hands")

    def mix(self, contents, motions, seed, frames, labels=0):
        assert seed == picture.SEED
        told = [(content, motion, labels) for content in contents for motion in motions]
        colours = np.array(told, "uint8")[:, None, None, None]
        return np.tile(colours, (1, frames, 4, 4, 1))


def test_rows_share_a_content_and_columns_a_condition():
    titles, videos = picture.by_label(Told())
    assert titles == ["one", "two hands"]
    rows = videos[:, 0, 0, 0].reshape(len(picture.PEOPLE), 2, 3)
    assert rows[:, :, 0].tolist() == [[content] * 2 for content in picture.PEOPLE]
    assert (rows[:, :, 1] == picture.MOTION).all() and (rows[:, :, 2] == [0, 1]).all()
    titles, videos = picture.by_motion(Told())
    rows = videos[:, 0, 0, 0].reshape(len(picture.SHAPES), len(titles), 3)
    assert (rows[:, :, 0] == np.array(picture.SHAPES)[:, None]).all()
    assert (rows[:, :, 1] == picture.SHAPES).all()


def test_a_panel_has_a_title_over_each_column():
    videos = np.zeros((4, 2, 8, 8, 3), "uint8")
    images = picture.drawn(["a", "b"], videos)
    side = picture.SIDE + picture.GAP
    assert len(images) == 2 and images[0].size == (2 * side, 2 * side + picture.TITLE)
    shown = np.asarray(images[1])
    assert not shown[picture.TITLE + 5, : picture.SIDE].any() and (shown[-1] == 255).all()
    for column in (0, 1):
        title = shown[: picture.TITLE, column * side : column * side + picture.SIDE]
        assert title.min() < 100
    (both, _) = picture.beside(images, images)
    assert both.size == (4 * side + picture.SPACE, images[0].height)
