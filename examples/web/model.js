// A .tflite file of one signature, run by LiteRT for the web, frame by frame.

import { loadAndCompile, loadLiteRt, Tensor } from '@litertjs/core';

const ARRAYS = { uint8: Uint8Array, float32: Float32Array, int32: Int32Array };
const CLIP = 16; // Frames in a clip of a generator: behind each the oldest anchor of its motion goes.
let started;

/** Returns the model of a .tflite file, compiled. */
export async function loadModel(url) {
  const wasm = new URL('node_modules/@litertjs/core/wasm/', document.baseURI).href;
  started ??= loadLiteRt(wasm);
  await started;
  return new Model(await loadAndCompile(url, { accelerator: 'wasm' }));
}

/** Returns an array of noise: normal numbers, by Box and Muller. */
function noise(length) {
  const draw = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
  return Float32Array.from({ length }, draw);
}

class Model {
  /** `numbers` are read beside frames; a page may change them. */
  constructor(compiled) {
    this.compiled = compiled;
    this.reads = Object.fromEntries(
      compiled.getInputDetails().map(({ name, dtype, shape }) => [name, { dtype, shape: [...shape] }]),
    );
    this.numbers = { strength: 1, level: 0.5, sharpness: 0, label: 0 };
    this.milliseconds = [];
    this.generates = 'latents' in this.reads;
    if (!this.generates) {
      [, this.height, this.width] = this.reads.frame.shape;
    }
    this.reset();
  }

  /** Forgets what was seen: a new video begins. */
  reset() {
    this.state?.delete();
    this.state = null;
    this.near = [];
    this.count = 0;
    this.given = {};
  }

  /** Whether it looks at the next frame, and so is one frame late. */
  get looksAhead() {
    return 'after' in this.reads;
  }

  size(name) {
    return this.reads[name].shape.reduce((product, side) => product * side, 1);
  }

  tensor(name, values) {
    const { dtype, shape } = this.reads[name];
    return new Tensor(values ?? new ARRAYS[dtype](this.size(name)).fill(this.numbers[name] ?? 0), shape);
  }

  /** Returns `{frame, made}` of the next frame, RGB bytes: what was seen, and what was made of it.
   *
   * Null where the model has to see one more frame first; `last` says that there is none.
   */
  async step(frame, last = false) {
    this.near.push(frame);
    if (this.looksAhead && this.near.length < (this.count ? 3 : 2) && !last) {
      return null;
    }
    const now = this.looksAhead ? Math.min(this.count, 1) : this.near.length - 1;
    const at = (place) => this.near[Math.min(Math.max(place, 0), this.near.length - 1)];
    const frames = { before: at(now - 1), frame: at(now), after: at(now + 1) };
    const outputs = await this.run(frames);
    this.near = this.near.slice(Math.max(0, now));
    this.count += 1;
    const made = outputs.mask ? cutOut(frames.frame, outputs.mask) : outputs.frame.map(grey);
    return { frame: frames.frame, made };
  }

  /** Returns `{made}` of the next frame of a generator. */
  async draw() {
    if (!this.count) {
      this.given = { latents: noise(this.size('latents')), motion: noise(this.size('motion')) };
    } else if (this.count % CLIP === 0) {
      const one = this.reads.motion.shape[2];
      const motion = this.given.motion.copyWithin(0, one);
      motion.set(noise(one), motion.length - one);
    }
    const time = Float32Array.of(this.count);
    const outputs = await this.run({ ...this.given, time });
    this.count += 1;
    return { made: outputs.frame.map(grey) };
  }

  /** Returns the outputs as arrays; the state stays a tensor, and is read by the next call. */
  async run(given) {
    const inputs = {};
    for (const name of Object.keys(this.reads)) {
      inputs[name] = name === 'state' && this.state ? this.state : this.tensor(name, given[name]);
    }
    const began = performance.now();
    const outputs = await this.compiled.run(inputs);
    this.milliseconds.push(performance.now() - began);
    Object.values(inputs).forEach((tensor) => tensor.delete());
    const arrays = {};
    for (const [name, tensor] of Object.entries(outputs)) {
      if (name === 'state') {
        this.state = tensor;
      } else {
        arrays[name] = tensor.toTypedArray().slice();
        tensor.delete();
      }
    }
    return arrays;
  }

  delete() {
    this.reset();
    this.compiled.delete();
  }
}

/** Returns a number of [-1, 1] as one of [0, 255]. */
function grey(number) {
  return Math.min(255, Math.max(0, Math.round(127.5 * (number + 1))));
}

/** Returns a frame before green, by a mask whose first class is the background. */
function cutOut(frame, mask) {
  const green = [0, 177, 64];
  const classes = mask.length / (frame.length / 3);
  return Float32Array.from(frame, (value, number) => {
    const ground = mask[classes * Math.floor(number / 3)];
    return Math.round(value * (1 - ground) + green[number % 3] * ground);
  });
}
