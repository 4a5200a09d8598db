import base64
import io
import re

import numpy as np
from drifting import FACTS, drifting
from PIL import Image

from tfvgan.library.match import Match
from tfvgan.library.page import facts_text, page_of, summary
from tfvgan.library.report import Duplicates, Member, Shared


def test_a_page_needs_nothing_beside_it(tmp_path):
    path = drifting(tmp_path / "<b>&.mp4", 3)
    found = Match(0.5, 2.5, 1.0, 3.0, 1.0, 0.9, 1.0, 2.0)
    group = [
        Member(path, FACTS, True, [], []),
        Member("/gone\udce9.mp4", FACTS, False, ["mirrored"], [found]),
    ]
    shared = Shared(path, "/other.mp4", (0.9, 0.2), [found])
    duplicates = Duplicates([group], [shared], [])
    page = page_of(duplicates)
    assert "&lt;b&gt;&amp;.mp4" in page and "<b>&.mp4" not in page
    assert facts_text(FACTS) == "64x48, h264, 0:08.0, 12.5 frames/s, 0.00 Mbit/s, 0.0 MB"
    assert summary(duplicates) in page and "mirrored" in page and "90 % of it is shared" in page
    assert "Excerpts" in page and "Shared parts" not in page
    assert not re.search(r'(src|href)="(?!data:)', page)
    pictures = re.findall(r'src="data:image/jpeg;base64,([^"]+)"', page)
    assert len(pictures) == 12
    first, other = (
        np.asarray(Image.open(io.BytesIO(base64.b64decode(pictures[n])))) for n in (0, 3)
    )
    assert first.shape == (96, 128, 3) and first.std() > 20 and other.std() < 2
