"""Errors of compressed data; each message is one sentence, with what to do."""


class NotATvg(ValueError):
    """A file that is no compressed video of this package."""


class NewerTvg(ValueError):
    """A file in a version of the format that this package is too old for."""


class OtherModel(ValueError):
    """A file that another model than the one at hand has made."""


class DamagedFile(ValueError):
    """A file of which a part that all else depends on is damaged, or that holds nothing whole."""


class DamagedGroup(ValueError):
    """A group of frames that is damaged, while others of its file may be whole."""


class DamagedData(ValueError):
    """Bytes that decode to no symbols of the tables."""
