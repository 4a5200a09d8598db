"""Films for the benchmark: what is said of them is what was made."""

from moving import texture

from benchmarks.analysis.films import SIZE, written
from tfvgan.data.decode import read_video


def test_a_film_is_written_with_what_is_known(tmp_path):
    clips = [texture(24, 40, (0.5, 0.2), seed)[0] for seed in range(3)]
    known = written(tmp_path / "a.mp4", clips, 0, 80)
    assert read_video(known.path, decoder="pyav").shape == (80, *SIZE, 3)
    assert known.frames == 80 and len(known.cuts) + len(known.gradual) > 0
    assert all(begin == end for begin, end in known.cuts)
    assert all(0 <= begin < end <= 80 for begin, end in known.gradual + known.decoys)
