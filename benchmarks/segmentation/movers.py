"""What else finds moving things: OpenCV's models of the background, and motion beside the camera's.

Each maps a video, uint8 `(t, h, w, 3)`, to masks, bool `(t, h, w)`, frame by frame, and none looks
ahead. OpenCV's are as they come. GSOC is among them where its module is installed, by `pip install
opencv-contrib-python-headless` in place of opencv-python-headless.
"""

import functools

import cv2
import numpy as np

FOREGROUND = 255  # In masks of OpenCV, where 127 is a shadow.
POINTS, NEAR = 400, 8  # Points that the camera's motion is found by, and how near they may be.
SLACK = 2.0  # Pixels that a point may be off, of those that go with the camera.
LEVELS = 30  # Of grey, that what moves differs by.
SHARE = 0.1  # Of a frame, in the mean of those before.
PIXELS = 1.0  # A frame, that what moves goes beside the camera.
MEDIAN = 5  # Pixels of the filter's side.


def modelled(video, make):
    """Returns where a background subtractor of OpenCV sees a foreground that is no shadow."""
    model = make()
    return np.stack([model.apply(frame) == FOREGROUND for frame in video])


def along_camera(video):
    """Returns where a frame differs from the mean of those before, moved as the camera moves.

    The camera's motion is a homography (RANSAC) of corners that are followed by Lucas and Kanade's
    method. What comes into the picture is taken from the frame itself.
    """
    mean, before = video[0].astype("float32"), _grey(video[0])
    made = [np.zeros(before.shape, bool)]
    for frame in video[1:]:
        now = _grey(frame)
        size = before.shape[::-1]
        motion, there = homography(before, now), np.ones(before.shape, "uint8")
        mean, there = (cv2.warpPerspective(each, motion, size) for each in (mean, there))
        mean = np.where(there[..., None] > 0, mean, frame).astype("float32")
        made.append(np.abs(frame - mean).max(-1) > LEVELS)
        mean += np.float32(SHARE) * (frame - mean)
        before = now
    return np.stack(made)


def by_flow(video):
    """Returns where the flow (Farnebäck's) differs from what a homography says of the camera.

    The homography (RANSAC) is fitted to the flow itself, at `NEAR` pixels from each other.
    """
    made = [np.zeros(video.shape[1:3], bool)]
    before = _grey(video[0])
    rows, columns = np.mgrid[: before.shape[0], : before.shape[1]].astype("float32")
    places = np.stack([columns, rows], -1)
    some = slice(NEAR // 2, None, NEAR), slice(NEAR // 2, None, NEAR)
    for frame in video[1:]:
        now = _grey(frame)
        # From the new frame back: each of its pixels is asked where it was.
        flow = cv2.calcOpticalFlowFarneback(now, before, None, 0.5, 3, 15, 3, 5, 1.2, 0)
        pairs = (each[some].reshape(-1, 2) for each in (places, places + flow))
        motion = _fitted(*pairs)
        gone = cv2.perspectiveTransform(places.reshape(-1, 1, 2), motion).reshape(places.shape)
        made.append(np.hypot(*np.moveaxis(places + flow - gone, -1, 0)) > PIXELS)
        before = now
    return np.stack(made)


def homography(before, now):
    """Returns how the camera moves pixels from one grey picture to the next, `(3, 3)`."""
    points = cv2.goodFeaturesToTrack(before, POINTS, 0.01, NEAR)
    if points is None:
        return np.eye(3)
    found, seen, _ = cv2.calcOpticalFlowPyrLK(before, now, points, None)
    seen = seen[:, 0] > 0
    return _fitted(points[seen], found[seen])


def _fitted(places, found):
    """Returns the homography of most of these points; where there is none, nothing moves."""
    if len(places) < 4:
        return np.eye(3)
    motion, _ = cv2.findHomography(places, found, cv2.RANSAC, SLACK)
    return np.eye(3) if motion is None else motion


def _grey(frame):
    return cv2.cvtColor(np.ascontiguousarray(frame), cv2.COLOR_RGB2GRAY)


def median(masks):
    """Returns masks without specks and small holes: each pixel is as most around it are."""
    return np.stack([cv2.medianBlur(mask.astype("uint8"), MEDIAN) > 0 for mask in masks])


def movers():
    """Returns the rivals by name; it says so where GSOC is left out."""
    found = {"MOG2": cv2.createBackgroundSubtractorMOG2, "KNN": cv2.createBackgroundSubtractorKNN}
    if hasattr(cv2, "bgsegm"):
        found["GSOC"] = cv2.bgsegm.createBackgroundSubtractorGSOC
    else:
        print("left out, for want of opencv-contrib-python-headless: GSOC", flush=True)
    models = {name: functools.partial(modelled, make=make) for name, make in found.items()}
    return {**models, "mean along homography": along_camera, "flow less homography": by_flow}
