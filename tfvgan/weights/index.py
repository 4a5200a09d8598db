"""Where a package index keeps a file.

Source: PEP 503 (pages of links) and PEP 691 (the same as JSON).
"""

import html.parser
import http.client
import json
import ssl
import urllib.parse
import urllib.request

ACCEPT = "application/vnd.pypi.simple.v1+json, text/html;q=0.5"
SECONDS = 30  # without an answer


class Web:
    """Opens addresses, trusting whom pip trusts.

    Args:
        certificates: path of a file of certificates; None for the system's.
    """

    def __init__(self, certificates=None):
        context = ssl.create_default_context(cafile=certificates)
        self._opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context))

    def open(self, address, headers):
        """Returns the response, to be closed.

        Raises:
            OSError: when there is none, or the server refuses.
        """
        request = urllib.request.Request(address, headers={"User-Agent": "tfvgan", **headers})
        return self._opener.open(request, timeout=SECONDS)


def locate(distribution, indexes, web):
    """Returns the address of the distribution's file, from the first index that has it.

    Args:
        distribution: a `Distribution`.
        indexes: addresses such as https://pypi.org/simple; other than http(s) are passed over.
        web: a `Web`.

    Raises:
        ValueError: when no index has it; the message says what each answered.
    """
    answers = []
    for index in indexes:
        if not index.startswith(("https://", "http://")):
            continue
        page = f"{index.rstrip('/')}/{distribution.project}/"
        try:
            files = links(page, web)
        except (OSError, ValueError, LookupError, http.client.HTTPException) as error:
            answers.append(f"{host(index)} answered: {without_password(error, index)}")
            continue
        if distribution.file in files:
            return files[distribution.file]
        answers.append(f"{host(index)} does not have it")
    raise ValueError("; ".join(answers) or "pip is set to ask no index")


def links(page, web):
    """Returns `{file name: address}` of a project's page."""
    with web.open(page, {"Accept": ACCEPT}) as response:
        text = response.read().decode()
        page = response.url
        if "json" in response.headers.get_content_type():
            addresses = [file["url"] for file in json.loads(text)["files"]]
        else:
            parser = Anchors()
            parser.feed(text)
            addresses = parser.addresses
    whole = [urllib.parse.urldefrag(urllib.parse.urljoin(page, link)).url for link in addresses]
    return {file_name(link): link for link in whole if link.startswith(("https://", "http://"))}


class Anchors(html.parser.HTMLParser):
    """Collects where the links of a page lead to."""

    def __init__(self):
        super().__init__()
        self.addresses = []

    def handle_starttag(self, tag, attrs):
        target = dict(attrs).get("href")
        if tag == "a" and target:
            self.addresses.append(target)


def file_name(address):
    """Returns the last part of an address."""
    path = urllib.parse.urlsplit(address).path
    return urllib.parse.unquote(path.rpartition("/")[2])


def without_password(text, address):
    """Returns a text without the name and the password that an address may have."""
    secret = urllib.parse.urlsplit(address).netloc.rpartition("@")[0]
    parts = {secret, secret.partition(":")[2], urllib.parse.unquote(secret.partition(":")[2])}
    text = str(text).replace(f"{secret}@", "") if secret else str(text)
    for part in sorted(parts - {""}, key=len, reverse=True):
        text = text.replace(part, "...")
    return text


def host(address):
    """Returns the host of an address, without the password that may stand before it."""
    return urllib.parse.urlsplit(address).hostname
