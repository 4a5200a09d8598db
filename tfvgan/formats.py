"""What FFmpeg may read, whoever hands it a file, so that no file leads to another."""

# What is read, as FFmpeg names it. Not among it: playlists (concat, hls, dash, imf, sdp), which are
# made of other files; image2, to which a name may be a pattern of names; whatever is of devices.
FORMAT_NAMES = """
    apng asf av1 avi cavsvideo dirac dnxhd dv flv gif gxf h261 h263 h264 hevc ivf live_flv m4v
    matroska mjpeg mov mpeg mpegts mpegvideo mxf nsv nut obu ogg rm swf vc1 vc1test vvc wtv
    yuv4mpegpipe
    bmp_pipe jpeg_pipe pam_pipe pbm_pipe pgm_pipe png_pipe ppm_pipe qoi_pipe tiff_pipe webp_pipe
    aac ac3 aiff caf eac3 flac mp3 w64 wav
"""
FORMATS = tuple(FORMAT_NAMES.split())
SAFE_INPUT = {
    "format_whitelist": ",".join(FORMATS),
    "protocol_whitelist": "file",
}  # FFmpeg's options
