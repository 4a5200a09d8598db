"""Sharper colours for a trained generator, without training it again."""

from tfvgan.tasks.generation.sampler import Sampler


def sharpened(sampler: Sampler, sharpness: float = 1.0) -> Sampler:
    """Returns a copy of a `Sampler` whose colours are sharper.

    What is plain keeps its colour better from frame to frame, and edges become harder; what is
    graded comes out in steps.

    Args:
        sampler: `Sampler`.
        sharpness: float > 0, times that of the sampler's own network; 1 changes nothing, and
            returns the sampler itself.

    Raises:
        ValueError: when it is not above 0, or the network does not mix colours.
    """
    if sharpness == 1:
        return sampler
    config = sampler.generator.get_config()
    if "sharpness" not in config:
        raise ValueError(
            f"`sharpness` is of networks that mix colours, but `{sampler.generator.name}` does not:"
            ' leave it out, or train the preset "continuous".'
        )
    config["sharpness"] *= sharpness
    network = type(sampler.generator).from_config(config)
    network.build()
    network.set_weights(sampler.generator.get_weights())
    return Sampler(network, sampler.class_names, sampler.fps, sampler.draws)
