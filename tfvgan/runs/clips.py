"""The clips of a run: decoded into its caches, checked, and handed out again and again."""

from tfvgan.applications import application
from tfvgan.data import ClipCache, clips, prepare
from tfvgan.data.cache import check_settings, is_cache
from tfvgan.data.partners import check_alike, in_step, partners, together
from tfvgan.data.settings import ClipSettings
from tfvgan.runs.folder import check_clips
from tfvgan.runs.settings import CLIPS


def prepare_clips(settings, out):
    """Decodes what is not yet, and looks whether the clips are those that the run began with.

    Args:
        settings: `Settings`.
        out: the run's folder.

    Raises:
        ValueError: when there are no clips, or others; or when a video has no partner among those
            that are to go beside it, or one of another length or size.
    """
    for name, place in settings.beside.items():
        matched = partners(settings.videos, place)
        if not (out / f"{name}.json").is_file():  # Then they have been looked at.
            check_alike(matched, settings.fps, settings.partial)
    cache = cache_of(settings, out)
    if not is_cache(settings.videos):
        prepare(settings.videos, cache, **settings.clip_settings())
    for name, place in settings.beside.items():
        if not is_cache(place):
            matched = partners(settings.videos, place)
            paths = [matched[file.path] for file in ClipCache.open(cache).files]
            prepare(paths, cache_of(settings, out, name), **settings.clip_settings(name))
    whole, _ = _caches(settings, out)
    application(settings.network).prepare(whole, settings)


def clips_of(settings, out, moments=None, share=(0, 1)):
    """Returns a function from a number of batches to the data set of all but these first ones.

    It goes on for ever. Videos beside the run's, such as `pairs`, are tensors of their name. The
    function's attribute `cache` is the `ClipCache` that the clips come from, `share` the share.

    Args:
        settings, out: as of `prepare_clips`.
        moments: frames of each clip, None for all.
        share: of each batch, as of `tfvgan.data.clips`.

    Raises:
        ValueError: when the clips are not those that the run began with.
    """
    caches = _caches(settings, out)  # Another run may have the same cache.
    return ClipsFrom(settings, *caches, moments, share)


class ClipsFrom:
    """What `clips_of` returns: the data set of the clips from some batch on, and their cache."""

    def __init__(self, settings, cache, beside, moments, share):
        self.cache, self.share = cache, share
        self._settings, self._beside = settings, beside
        self._moments = moments

    def __call__(self, left):
        """Returns the data set without the first `left` batches."""
        made = self._read(left, self.cache)
        others = {name: self._read(left, each, name) for name, each in self._beside.items()}
        return together(made, **others) if others else made

    def _read(self, left, cache, name=None):
        settings = self._settings
        return clips(
            cache,
            **settings.clip_settings(name),
            batch_size=settings.batch_size,
            flip=settings.flip,
            seed=settings.seed,
            labels=settings.conditional,
            repeat=True,
            start=left * settings.batch_size,
            moments=self._moments,
            share=self.share,
        )


def _caches(settings, out):
    """Returns the run's `ClipCache`, and by name those of the videos beside it, in step with it."""
    check_clips(out, cache_of(settings, out))
    cache, beside = ClipCache.open(cache_of(settings, out)), {}
    for name, place in settings.beside.items():
        folder = cache_of(settings, out, name)
        others = ClipCache.open(folder)
        asked = settings.clip_settings(name)
        asked = ClipSettings(**{each: asked[each] for each in (*CLIPS, "masks")})
        check_settings(folder, others.settings, asked)
        beside[name] = in_step(cache, others, partners(settings.videos, place))
        check_clips(out, folder, f"{name}.json")
    return cache, beside


def cache_of(settings, out, name=None):
    """Returns the folder of a run's decoded clips: of the videos, or of those beside them.

    That is what was given, if it is such a folder; else the `cache`, or the run's.
    """
    place = settings.videos if name is None else settings.beside[name]
    if is_cache(place):
        return place
    cache = settings.cache or str(out / "cache")
    return cache if name is None else f"{cache}_{name}"
