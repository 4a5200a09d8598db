"""Detects failed training, explains it, and restores good weights."""

import logging

import keras
import numpy as np

from tfvgan.engine.directions import adds

DIVERGED = (
    "{name} is {value} after step {step}; try half the learning rate, `clip_norm=1`, "
    "or the R1 penalty."
)
EXPLODES = (
    "The discriminator's logits explode: their mean is {real:.1e} on real and {fake:.1e} on "
    "generated video; try a tenth of the learning rate, `clip_norm=1`, or the R1 penalty."
)
D_WINS = (
    "The discriminator wins: its mean logit is {real:.1f} on real and {fake:.1f} on generated "
    "video, and the generator's gradient norm is {norm:.1e}; try {cures}."
)
CURES = ("a smaller learning rate for the discriminator", "the R1 penalty")
RUNAWAY = ("a tenth of the learning rate", "the R1 penalty")  # Where no player's steps are sound.
AUGMENT = '`augment="color,translation,cutout"`'  # Which not every task can have.
MEMORISED = (
    "The discriminator knows its clips by heart: its mean logit is {real:.1f} on those that it "
    "learns from and {fake:.1f} on generated video, but {held_out:.1f} on held-out clips and "
    "{made:.1f} on what is generated beside them; try {cures}."
)
SURE = 1.0  # Of `d_real - d_fake`, either way: below, D tells next to nothing.
MORE = ("more videos", "the R1 penalty")
ADAPT = '`augment="adaptive"`'
COLLAPSE = (
    "The generator has collapsed: clips from {count} latents differ by {spread:.2g} grey levels "
    "on average, where at least {least:.2g} were expected{why}; start again with {cures}."
)
ALIKE = ("the R1 penalty", AUGMENT, "a larger batch")
LAGS = ("a larger learning rate for the discriminator", "a smaller one for the generator")
BEHIND = ", and the discriminator takes them for more real than real ones"


class Health(keras.callbacks.Callback):
    """Stops a training that has gone wrong, says why, and restores the last good weights.

    At the end of each epoch (and for the first, of each batch) it looks for

    - a log that is not a finite number;
    - a discriminator that wins: `d_real - d_fake` large while the generator's gradient vanishes, or
      larger than any penalised discriminator gives (`runaway`);
    - logits that explode (`exploded`), whoever wins: steps are too large;
    - collapse: clips of different latents nearly equal, judged by their mean absolute pairwise
      difference. The logs get it as `diversity`, a share of the real clips' one;
    - where `fit` has `validation_data`, a discriminator that knows its clips by heart: it tells
      them from generated video, and held-out clips it doesn't. The logs get it as `overfitting`,
      `1 - (val_d_real - val_d_fake) / (d_real - d_fake)`: 0 where it tells both alike, 1 where
      held-out clips are as generated ones to it (after Karras et al. 2020, eq. 1).

    The first stops at once, the others after `patience` epochs in a row. The weights (and the
    optimizers) that are restored are those of the last epoch without any of the five. `trouble`
    then holds the sentence that was logged; it is None as long as all is well.

    Args:
        real: uint8 `(n, t, h, w, 3)`, some real clips to measure diversity against; None, or one
            clip, compares with one grey level.
        patience: int, epochs.
        gap: float, `d_real - d_fake` (logits) from which the discriminator may be winning.
        vanishing: float, the generator's gradient norm below which it learns nothing.
        runaway: float, `d_real - d_fake` that is too large whatever the gradient.
        collapsed: float, the share of the real clips' difference that generated ones must reach.
        count: int, number of clips generated for a look.
        seed: int, chooses their latents.
        warmup: int, training steps before collapse is judged: an untrained generator draws the same
            grey for every latent.
        stop: bool; False says what is wrong and goes on, except for numbers that are not finite.
        memorised: float, the `overfitting` that is too much, where `d_real - d_fake` exceeds 1.
        exploded: float, the size of a mean logit that no loss asks for.
    """

    def __init__(
        self,
        real: np.ndarray | None = None,
        patience: int = 5,
        gap: float = 10.0,
        vanishing: float = 1e-3,
        runaway: float = 1000.0,
        collapsed: float = 0.02,
        count: int = 8,
        seed: int = 0,
        warmup: int = 1000,
        stop: bool = True,
        memorised: float = 0.8,
        exploded: float = 1e5,
    ):
        super().__init__()
        self.patience = patience
        self.gap = gap
        self.vanishing = vanishing
        self.runaway = runaway
        self.count = count
        self.seed = seed
        self.warmup = warmup
        self.stop = stop
        self.memorised = memorised
        self.exploded = exploded
        self.trouble = None
        self._real_spread = None if real is None or len(real) < 2 else spread(real)
        self._least = 1.0 if self._real_spread is None else collapsed * self._real_spread
        self._spells = dict.fromkeys((EXPLODES, D_WINS, COLLAPSE, MEMORISED), 0)

    def set_model(self, model: keras.Model) -> None:
        """Tells callbacks that more diversity is better, and less overfitting."""
        super().set_model(model)
        adds(model, diversity=True, overfitting=False)

    def on_train_begin(self, logs: dict | None = None) -> None:
        """Takes the weights to begin with for good."""
        self._keep()

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
        """Stops when a loss, a logit or a gradient is not a finite number.

        A metric may be: there is no FVD of one video, nor a finite PSNR of equal ones.
        """
        logs = {} if logs is None else logs
        names = [name for name in self.model.logs.means if name in logs and name != "loss"]
        for name in (*names, *({"loss"} & set(logs))):  # A sum of others, named if none of them is.
            value = logs[name]
            if not np.all(np.isfinite(value)) and self.trouble is None:
                step = self.model.steps_made
                self._say(DIVERGED.format(name=name, value=float(value), step=step))
                self._restore()

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        """Looks at the players' balance, what D knows by heart, and how diverse G's clips are."""
        if self.trouble is not None:
            return
        logs = {} if logs is None else logs
        signs = {
            EXPLODES: self._explodes(logs),
            D_WINS: self._discriminator_wins(logs),
            COLLAPSE: self._collapse(logs),
            MEMORISED: self._memorised(logs),
        }
        for kind, facts in signs.items():
            self._spells[kind] = self._spells[kind] + 1 if facts else 0
            if self._spells[kind] == self.patience:
                self._say(kind.format(**facts))
        if self.trouble is not None and self.stop:
            self._restore()
            return
        self.trouble = None
        if not any(signs.values()):
            self._keep()

    def _explodes(self, logs):
        """Returns the warning's values for logits that no loss asks for, or None."""
        if not {"d_real", "d_fake"} <= set(logs):
            return None
        facts = {"real": logs["d_real"], "fake": logs["d_fake"]}
        return facts if max(map(abs, facts.values())) >= self.exploded else None

    def _discriminator_wins(self, logs):
        """Returns the warning's values for a discriminator that wins, or None."""
        if not {"d_real", "d_fake", "g_gradient_norm"} <= set(logs):
            return None
        gap, norm = logs["d_real"] - logs["d_fake"], logs["g_gradient_norm"]
        if gap < self.runaway and not (gap > self.gap and norm < self.vanishing):
            return None
        facts = {"real": logs["d_real"], "fake": logs["d_fake"], "norm": norm}
        cures = self._cures(RUNAWAY if gap >= self.runaway else CURES, AUGMENT)
        return {**facts, "cures": cures}

    def _memorised(self, logs):
        """Returns the warning's values for clips known by heart, or None; logs the overfitting."""
        names = ("d_real", "d_fake", "val_d_real", "val_d_fake")
        if not set(names) <= set(logs):
            return None
        real, fake, held_out, made = (float(logs[name]) for name in names)
        if real - fake <= SURE:
            return None
        logs["overfitting"] = 1.0 - (held_out - made) / (real - fake)
        if logs["overfitting"] < self.memorised:
            return None
        facts = {"real": real, "fake": fake, "held_out": held_out, "made": made}
        return {**facts, "cures": self._cures(MORE, ADAPT)}

    def _cures(self, cures, augment):
        """Returns what may help, in words, with the augmentation where the task can have it."""
        return in_words([*cures, augment] if self.model.augmentable else cures)

    def _collapse(self, logs):
        """Returns the warning's values for a collapsed generator, or None; logs its diversity."""
        if not hasattr(self.model, "generate"):
            return None
        classes = self.model.generator.num_classes
        labels = np.zeros(self.count, "int32") if classes else None
        diversity = spread(self.model.generate(self.count, seed=self.seed, labels=labels))
        logs["diversity"] = diversity / self._real_spread if self._real_spread else diversity
        if diversity >= self._least or self.model.steps_made < self.warmup:
            return None
        behind = logs.get("d_fake", 0.0) - logs.get("d_real", 0.0) > SURE
        facts = {"count": self.count, "spread": diversity, "least": self._least}
        why, cures = (BEHIND, LAGS) if behind else ("", ALIKE)
        return {**facts, "why": why, "cures": in_words(cures)}

    def _say(self, sentence):
        self.trouble = self.trouble or sentence  # Of several the first is nearest to the cause.
        logging.getLogger("tfvgan").warning(sentence)

    def _variables(self):
        optimizers = (self.model.generator_optimizer, self.model.discriminator_optimizer)
        owners = (self.model, *optimizers)
        return [variable for owner in owners for variable in owner.variables]

    def _keep(self):
        """Copies the weights into memory, provided that all are finite numbers."""
        values = [variable.numpy() for variable in self._variables()]
        if all(np.all(np.isfinite(value)) for value in values):
            self._good = values

    def _restore(self):
        for variable, value in zip(self._variables(), self._good, strict=True):
            variable.assign(value)
        self.model.stop_training = True


def in_words(cures):
    """Returns some cures as a list in words, "a, b or c"."""
    *first, last = cures
    return ", ".join(first) + " or " + last


def spread(videos):
    """Returns the mean absolute difference of all pairs of videos, in grey levels.

    Args:
        videos: uint8 `(n, t, h, w, 3)`, n of 2 or more.
    """
    videos = np.asarray(videos, "float32")
    pairs = [np.abs(a - b).mean() for i, a in enumerate(videos) for b in videos[:i]]
    return float(np.mean(pairs))
