"""How good videos are: the field's own measures, as `keras.metrics.Metric` where they stream."""

from tfvgan.metrics import extractors
from tfvgan.metrics.bd_rate import BDRate, bd_rate
from tfvgan.metrics.content import ACD, content
from tfvgan.metrics.diversity import Diversity, mean_pairwise_distance
from tfvgan.metrics.features import Features, collect
from tfvgan.metrics.fidelity import MSSSIM, PSNR, SSIM
from tfvgan.metrics.frechet import FVD, FrameFrechet, frechet_distance
from tfvgan.metrics.gaussian import Gaussian
from tfvgan.metrics.kernel import KVD, kernel_distance
from tfvgan.metrics.motion import Disorder, Motion, Roughness
from tfvgan.metrics.paired import PairedMetric
from tfvgan.metrics.perceptual import LPIPS
from tfvgan.metrics.precision_recall import ManifoldPrecision, ManifoldRecall
from tfvgan.metrics.protocol import Protocol
from tfvgan.metrics.rate import bits_per_pixel, kilobits_per_second
from tfvgan.metrics.scores import Result, scores
from tfvgan.metrics.temporal import TLP, TOF, Flicker, WarpingError
from tfvgan.metrics.vmaf import Vmaf, vmaf

__all__ = [
    "ACD",
    "FVD",
    "KVD",
    "LPIPS",
    "MSSSIM",
    "PSNR",
    "SSIM",
    "TLP",
    "TOF",
    "BDRate",
    "Disorder",
    "Diversity",
    "Features",
    "Flicker",
    "FrameFrechet",
    "Gaussian",
    "ManifoldPrecision",
    "ManifoldRecall",
    "Motion",
    "PairedMetric",
    "Protocol",
    "Result",
    "Roughness",
    "Vmaf",
    "WarpingError",
    "bd_rate",
    "bits_per_pixel",
    "collect",
    "content",
    "extractors",
    "frechet_distance",
    "kernel_distance",
    "kilobits_per_second",
    "mean_pairwise_distance",
    "scores",
    "vmaf",
]
