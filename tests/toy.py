"""The smallest game: players of a few hundred weights on 4 x 8 x 8 videos."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from tfvgan.engine import AdversarialModel

LATENT_DIM = 8
FRAMES, SIZE = 4, 8


@keras.saving.register_keras_serializable(package="tests")
class Toy(AdversarialModel):
    """Generation with plain Keras networks, and one more term for the generator."""

    terms = ("brightness",)

    def generator_inputs(self, batch, draws):
        return draws.normal((tf.shape(batch["video"])[0], LATENT_DIM))

    def generator_losses(self, batch, fake):
        return {"brightness": tf.reduce_mean(fake)}


def generator():
    return keras.Sequential(
        [
            keras.Input((LATENT_DIM,)),
            layers.Dense(4 * 4 * 4 * 4),
            layers.Reshape((4, 4, 4, 4)),
            layers.UpSampling3D((1, 2, 2)),
            layers.BatchNormalization(),
            layers.Conv3D(3, 3, padding="same", activation="tanh"),
        ],
        name="generator",
    )


def discriminator():
    return keras.Sequential(
        [
            keras.Input((FRAMES, SIZE, SIZE, 3)),
            layers.Conv3D(4, 3, 2, padding="same", activation="leaky_relu"),
            layers.Conv3D(1, 3, padding="same"),
        ],
        name="discriminator",
    )


def model(seed=0, **compile_arguments):
    keras.utils.set_random_seed(seed)
    toy = Toy(generator(), discriminator(), seed=seed)
    toy.compile(**compile_arguments)
    return toy


def videos(count=8, seed=0):
    shape = (count, FRAMES, SIZE, SIZE, 3)
    return np.random.default_rng(seed).uniform(-1, 1, shape).astype("float32")


def dataset(count=8, batch_size=2, seed=0):
    return tf.data.Dataset.from_tensor_slices({"video": videos(count, seed)}).batch(batch_size)
