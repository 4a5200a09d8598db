"""Ours beside published networks: aims that are met and missed, and the table."""

from benchmarks.restoration import peers_table


def row(task, rival, psnr, lpips, seconds=0.5):
    measured = {"PSNR": psnr, "LPIPS": lpips, "tOF": 0.1, "VMAF-NEG": 50.0}
    return {"task": task, "rival": rival, **measured, "CPU seconds a frame": seconds}


ROWS = [
    row("x2", "span_x2", 36, 0.03),
    row("x2", "restore_x2", 35, 0.02),
    row("x2", "restore_x2_fast", 34, 0.05),
    row("x4", "span_x4", 31, 0.14),
    row("x4", "basicvsr_vimeo_bi", 32, 0.11, 6.0),
    row("x4", "restore_x4_detail", 30, 0.1, 0.05),
    row("x2 after x264 crf 28", "bicubic", 29, 0.2),
    row("x2 after x264 crf 28", "waifu2x_photo_x2", 29.1, 0.15),
    row("x2 after x264 crf 28", "waifu2x_photo_x2_noise1", 29.5, 0.14),
    row("x2 after x264 crf 28", "restore_deblock_x2", 29.7, 0.13),
    row("x2 after x264 crf 28", "restore_deblock_x2_detail", 29.2, 0.11),
    row("x264 crf 38", "ffdnet", 29, 0.16),
    row("x264 crf 38", "restore_deblock", 28.9, 0.17),
    row("noise 25", "ffdnet", 33, 0.07),
    row("noise 25", "restore_denoise", 33.1, 0.07),
]


def test_each_aim_is_of_the_best_on_both_sides(written_results):
    written_results("restoration_peers", *ROWS)
    found = {aim.of: (aim.result, aim.met) for aim in peers_table.aims()}
    coded = "x2 after x264 crf 28, our best"
    assert found == {
        "x2, our best beside span_x2: PSNR": ("-1.00 dB (restore_x2)", False),
        "x2, our best beside span_x2: LPIPS": ("-0.010 (restore_x2)", True),
        "x4, our best beside span_x4: PSNR": ("-1.00 dB (restore_x4_detail)", False),
        "x4, our best beside span_x4: LPIPS": ("-0.040 (restore_x4_detail)", True),
        f"{coded} beside waifu2x_photo_x2_noise1: PSNR": ("+0.20 dB (restore_deblock_x2)", True),
        f"{coded} beside waifu2x_photo_x2_noise1: LPIPS": (
            "-0.030 (restore_deblock_x2_detail)",
            True,
        ),
        "x264 crf 38, our best beside ffdnet: PSNR": ("-0.10 dB (restore_deblock)", False),
        "x264 crf 38, our best beside ffdnet: LPIPS": ("+0.010 (restore_deblock)", False),
        "noise 25, our best beside ffdnet: PSNR": ("+0.10 dB (restore_denoise)", True),
        "noise 25, our best beside ffdnet: LPIPS": ("+0.000 (restore_denoise)", False),
        f"{coded}: PSNR": ("+0.70 dB (restore_deblock_x2)", True),
        f"{coded}: LPIPS": ("0.110 (restore_deblock_x2_detail)", True),
        "x4, restore_x4_detail: speed": ("120 times", True),
    }


def test_a_row_has_seconds_where_there_is_a_network():
    assert peers_table.cells(ROWS[1])[1:] == (
        "**restore_x2**", "35.00", "0.020", "0.100", "50.0", "0.500",
    )  # fmt: skip
    assert peers_table.cells(ROWS[6])[-1] == ""
