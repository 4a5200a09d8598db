"""Downloads that go on where they stopped."""

import contextlib
import http.client
import os
import time
import urllib.error

from tfvgan.weights.index import without_password

PAUSES = (1, 2, 4, 8)  # seconds, after one, two, ... failures in a row
WRITTEN_AT_ONCE = 1 << 18


def download(address, part, total, web, progress=True):
    """Completes `part` to the file behind the address, from where it ends.

    A broken connection is taken up again while there is progress.

    Args:
        address: http(s) address of the file.
        part: path of what is there of it, if anything; it stays when the download fails.
        total: bytes of the whole file.
        web: a `Web`.
        progress: whether to show a bar.

    Raises:
        ValueError: when the server refuses, or nothing came for several times in a row.
    """
    from tqdm import tqdm

    if size(part) > total:
        part.unlink()
    failures = 0
    options = {"unit": "B", "unit_scale": True, "disable": not progress}
    with tqdm(desc=part.name.removesuffix(".part"), total=total, **options) as bar:
        while (have := size(part)) != total:
            error = "the connection ended early"
            try:
                receive(address, part, total, web, bar)
            except urllib.error.HTTPError as refusal:
                if refusal.code < 500:
                    raise ValueError(failed(address, refusal)) from refusal
                error = refusal
            except (OSError, http.client.HTTPException) as broken:
                error = broken
            if size(part) > have:
                failures = 0
            elif failures == len(PAUSES):
                raise ValueError(failed(address, error))
            else:
                time.sleep(PAUSES[failures])
                failures += 1


def receive(address, part, total, web, bar):
    """Appends to the part what one connection gives, up to `total` bytes in all."""
    have = size(part)
    headers = {"Range": f"bytes={have}-"} if have else {}
    with web.open(address, headers) as response, open(part, "ab") as file:
        begins = response.headers.get("Content-Range", "").startswith(f"bytes {have}-")
        if not (response.status == 206 and begins):
            have = 0  # the server sends the file from its beginning, whatever was asked
        file.truncate(have)
        bar.n = have
        while have < total and (chunk := response.read(min(WRITTEN_AT_ONCE, total - have))):
            file.write(chunk)
            have += len(chunk)
            bar.update(len(chunk))


def size(path):
    """Returns the bytes of a file, 0 for a missing one."""
    with contextlib.suppress(FileNotFoundError):
        return os.path.getsize(path)
    return 0


def failed(address, error):
    """Returns the one sentence about a failed download."""
    text = f"The download of {address} failed ({error}): run the same command again, which goes on"
    return f"{without_password(text, address)} from there."
