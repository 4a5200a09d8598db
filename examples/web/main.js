// The page: a video or a camera in, before and after side by side.

import { loadModel } from './model.js';

const FOLDER = '../../saved_models/';
const MODELS = {
  'Ink': 'style_ink/1/stylize_frame-dynamic.tflite',
  'Watercolour': 'style_watercolour/1/stylize_frame-dynamic.tflite',
  'Poster': 'style_poster/1/stylize_frame-dynamic.tflite',
  'Night': 'style_night/1/stylize_frame-dynamic.tflite',
  'Twice as large': 'restore_x2_fast/1/restore_frame-dynamic.tflite',
  'Without the artefacts of a codec': 'restore_deblock/1/restore_frame-dynamic.tflite',
  'People cut out': 'segment_people/1/segment_frame-dynamic.tflite',
  'What moves, cut out': 'segment_motion/1/segment_frame-dynamic.tflite',
  'New videos of people': 'generate_people/1/moment-dynamic.tflite',
  'New videos of hands': 'generate_hands/1/moment-dynamic.tflite',
};
const $ = (name) => document.getElementById(name);
const video = document.createElement('video');
video.muted = video.playsInline = true;
const small = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
let model, busy, drawing;

function say(text) {
  $('told').textContent = text;
}

/** Loads the model that is chosen, and shows the frame that is there. */
async function choose() {
  const path = FOLDER + MODELS[$('model').value];
  pause();
  $('play').disabled = true;
  say('Loading the model ...');
  try {
    const next = await loadModel(path);
    model?.delete();
    model = next;
  } catch (wrong) {
    say(`${path} cannot be loaded: ${wrong.message ?? wrong}. Was \`npm install\` run here?`);
    return;
  }
  model.numbers.strength = Number($('strength').value);
  $('strength-of').hidden = !('strength' in model.reads);
  $('video-of').hidden = $('camera').hidden = model.generates;
  $('play').disabled = !model.generates && !video.videoWidth;
  say(model.generates ? 'Ready.' : 'Choose a video, or drop one here.');
  if (model.generates || video.videoWidth) {
    await restart();
  }
}

/** Begins a video: shows its first frame. */
async function restart() {
  model.reset();
  if (model.generates) {
    $('stage').style.setProperty('--at', '0%');
    await each(async () => show(await model.draw(), 64, 64));
  } else {
    $('stage').style.setProperty('--at', `${$('slider').value}%`);
    await each(async () => {
      const frame = taken();
      show((await model.step(frame)) ?? (await model.step(frame, true)), ...inside());
      model.reset();
    });
  }
}

/** Returns the width and height of the video inside the model's frames. */
function inside() {
  const scale = Math.min(1, model.width / video.videoWidth, model.height / video.videoHeight);
  return [video.videoWidth, video.videoHeight].map((side) => Math.max(1, Math.round(scale * side)));
}

/** Returns the video's frame as the model reads it, RGB bytes; its last row and column fill the rest. */
function taken() {
  const [width, height] = inside();
  Object.assign(small.canvas, { width: model.width, height: model.height });
  small.imageSmoothingQuality = 'high';
  small.drawImage(video, 0, 0, width, height);
  if (width < model.width) {
    small.drawImage(small.canvas, width - 1, 0, 1, height, width, 0, model.width - width, height);
  }
  if (height < model.height) {
    const rest = model.height - height;
    small.drawImage(small.canvas, 0, height - 1, model.width, 1, 0, height, model.width, rest);
  }
  const { data } = small.getImageData(0, 0, model.width, model.height);
  const rgb = new Uint8Array((data.length / 4) * 3);
  for (let to = 0, from = 0; to < rgb.length; to += 3, from += 4) {
    rgb[to] = data[from];
    rgb[to + 1] = data[from + 1];
    rgb[to + 2] = data[from + 2];
  }
  return rgb;
}

/** Draws what was seen and what was made of it, of which the upper left is the video. */
function show(shot, width, height) {
  const full = model.generates ? [width, height] : [model.width, model.height];
  const factor = Math.round(Math.sqrt(shot.made.length / 3 / full[0] / full[1]));
  paint($('after'), shot.made, factor * full[0], [factor * width, factor * height]);
  if (shot.frame) {
    paint($('before'), shot.frame, full[0], [width, height]);
  }
  const times = model.milliseconds.slice(-30).sort((one, other) => one - other);
  const middle = times[Math.floor(times.length / 2)];
  say(`The model takes ${middle.toFixed(1)} ms a frame: at most ${(1000 / middle).toFixed(1)} a second.`);
  $('told').dataset.frames = model.milliseconds.length;
}

/** Draws RGB numbers of rows of `wide` pixels into a canvas of `[width, height]`. */
function paint(canvas, rgb, wide, [width, height]) {
  Object.assign(canvas, { width, height });
  const picture = new ImageData(width, height);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const from = 3 * (row * wide + column);
      const to = 4 * (row * width + column);
      picture.data.set([rgb[from], rgb[from + 1], rgb[from + 2], 255], to);
    }
  }
  canvas.getContext('2d').putImageData(picture, 0, 0);
}

/** Does one thing at a time: what comes while the model works is left out. */
async function each(work) {
  if (busy) {
    return;
  }
  busy = true;
  try {
    await work();
  } catch (wrong) {
    say(`That went wrong: ${wrong.message ?? wrong}`);
    throw wrong;
  } finally {
    busy = false;
  }
}

/** Works on the video's frames as they come, or on a generator's, until it is paused. */
function go() {
  if (!drawing) {
    return;
  }
  if (model.generates) {
    each(async () => show(await model.draw(), 64, 64)).then(() => setTimeout(go, 1));
    return;
  }
  video.requestVideoFrameCallback(async () => {
    await each(async () => {
      const shot = await model.step(taken());
      if (shot) {
        show(shot, ...inside());
      }
    });
    go();
  });
}

function pause() {
  drawing = false;
  video.pause();
  $('play').textContent = 'Play';
}

async function play() {
  if (drawing) {
    pause();
    return;
  }
  drawing = true;
  $('play').textContent = 'Pause';
  if (video.ended) {
    model.reset();
  }
  go();
  if (!model.generates) {
    await video.play();
  }
}

/** Opens a video file, or a camera's stream. */
async function open(source) {
  pause();
  const stream = source instanceof MediaStream;
  URL.revokeObjectURL(video.src);
  video.srcObject = stream ? source : null;
  if (!stream) {
    video.src = URL.createObjectURL(source);
  }
  try {
    await new Promise((done, wrong) => {
      video.requestVideoFrameCallback(done); // A video that never played may draw as black.
      video.onerror = () => wrong(new Error('this browser cannot play it'));
      video.play().catch(() => {}); // Of which onerror tells.
    });
    video.pause();
    await restart();
    $('play').disabled = false;
  } catch (wrong) {
    say(`${source.name ?? 'The camera'} cannot be opened: ${wrong.message}.`);
  }
  if (stream) {
    await play();
  }
}

for (const name of Object.keys(MODELS)) {
  $('model').add(new Option(name));
}
video.onended = pause;
$('model').onchange = choose;
$('strength').oninput = () => {
  model.numbers.strength = Number($('strength').value);
  if (!drawing && video.videoWidth) {
    restart();
  }
};
$('slider').oninput = () => $('stage').style.setProperty('--at', `${$('slider').value}%`);
$('file').onchange = () => $('file').files[0] && open($('file').files[0]);
$('play').onclick = play;
$('camera').onclick = async () => {
  try {
    await open(await navigator.mediaDevices.getUserMedia({ video: true }));
  } catch (wrong) {
    say(`There is no camera: ${wrong.message}.`);
  }
};
$('stage').ondragover = (event) => {
  event.preventDefault();
  $('stage').classList.add('over');
};
$('stage').ondragleave = () => $('stage').classList.remove('over');
$('stage').ondrop = (event) => {
  event.preventDefault();
  $('stage').classList.remove('over');
  if (event.dataTransfer.files[0] && model && !model.generates) {
    open(event.dataTransfer.files[0]);
  }
};
choose();
