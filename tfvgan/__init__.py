"""From a folder of videos to a trained, measured, served video GAN in Keras."""

import os

# Left off by default on some CPUs; 3-D convolutions are 4 to 8 times slower without it.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
