"use strict";
// The page: one chooses a model, drops a clip, and compares what was with what is.

const $ = (id) => document.getElementById(id);
const KINDS = {
  stylize: "Paint", restore: "Restore", segment: "Cut out", generate: "Generate", "": "By REST and gRPC",
};
let models = [], model = null, job = null, upload = null, clip = null, uploadMost = Infinity;

// ---- models ----

async function look() {
  try {
    const told = await (await fetch("models")).json();
    uploadMost = told.upload;
    models = told.models;
    show();
  } catch {
    say("The server does not answer.");
  }
}

function show() {
  const list = $("models"), parts = [];
  for (const [kind, title] of Object.entries(KINDS)) {
    const own = models.filter((one) => (one.kind || "") === kind);
    if (own.length) parts.push(make("h3", { textContent: title }), ...own.map(entry));
  }
  const signature = JSON.stringify(models);
  if (list.dataset.signature !== signature) {
    const held = document.activeElement && list.contains(document.activeElement);
    list.dataset.signature = signature;
    list.replaceChildren(...parts);
    if (held) list.querySelector(":checked")?.focus();
  }
  if (!model && parts.length) choose(models.find((one) => one.name === list.querySelector("input").value));
  if (!models.length) $("name").textContent = "There are no models in this folder.";
}

function entry(one) {
  const input = make("input", { type: "radio", name: "model", value: one.name });
  input.checked = model !== null && model.name === one.name;
  input.addEventListener("change", () => choose(one));
  const state = stateOf(one);
  const dot = make("span", { className: `state ${state.error ? "bad" : state.state}` });
  dot.title = state.error ? state.error : `version ${state.version}: ${state.state.toLowerCase()}`;
  const label = make("label", {});
  label.append(input, make("span", { textContent: one.name }), dot);
  return label;
}

function stateOf(one) {
  const versions = [...one.versions].reverse();
  return versions.find((v) => v.state === "AVAILABLE") || versions[0] || { state: "START", version: "?" };
}

function choose(one) {
  model = one;
  for (const input of document.querySelectorAll("nav input")) {
    input.checked = input.value === one.name;
    if (input.checked) input.parentElement.scrollIntoView({ block: "nearest", inline: "center" });
  }
  $("name").textContent = one.name;
  $("about").textContent = one.about;
  $("options").replaceChildren(...Object.entries(one.options).map(([name, how]) => option(name, how)));
  $("drop").hidden = !one.kind || one.kind === "generate";
  $("generate").hidden = one.kind !== "generate";
  const version = stateOf(one);
  $("curl").textContent =
    `curl ${location.origin}/v1/models/${one.name}\n` +
    `curl ${location.origin}/v1/models/${one.name}/metadata\n` +
    `curl -d @request.json ${location.origin}/v1/models/${one.name}:predict`;
  say(version.error || "");
  if (clip && one.kind && one.kind !== "generate") begin(clip);  // The same clip, by another model.
}

function option(name, how) {
  const label = make("label", { textContent: how.label });
  if (how.type === "choice") {
    const select = make("select", { name });
    select.append(...how.choices.map((each) => make("option", { value: each, textContent: each })));
    select.addEventListener("change", () => clip && begin(clip));
    label.append(select);
  } else if (how.type === "seed") {
    const input = make("input", { name, type: "number", min: 0, max: how.most, step: 1, value: how.value });
    label.append(input);
  } else {
    const input = make("input", { name, type: "range", min: 0, max: 1, step: 0.05, value: how.value });
    const told = make("output", { textContent: percent(how.value) });
    input.addEventListener("input", () => { told.textContent = percent(input.value); });
    input.addEventListener("change", () => clip && begin(clip));
    label.append(input, told);
  }
  return label;
}

// ---- a clip on its way ----

function begin(file) {
  if (!model || !model.kind) return;
  if (file && file.size > uploadMost * 2 ** 20) return say(`A clip may have ${uploadMost} MB.`);
  forget();
  clip = file;
  say("");
  const asked = new URLSearchParams(new FormData($("options")));
  const sending = new XMLHttpRequest();
  upload = sending;
  sending.open("POST", `jobs/${encodeURIComponent(model.name)}?${asked}`);
  sending.responseType = "json";
  sending.upload.onprogress = (event) => progress("The clip is sent", event.loaded, event.total);
  sending.onload = () => {
    if (upload !== sending) return;
    upload = null;
    if (sending.status !== 202) return fail(sending.response?.error || "The server refused the clip.");
    job = sending.response.id;
    follow(job);
  };
  sending.onerror = () => upload === sending && fail("The server could not be reached.");
  progress("The clip is sent", 0, 0);
  $("result").hidden = true;
  $("drop").classList.add("compact");
  sending.send(file || null);
}

async function follow(id) {
  while (job === id) {
    let told;
    try {
      told = await (await fetch(`jobs/${id}`)).json();
    } catch {
      return fail("The server does not answer any more.");
    }
    if (job !== id) return;
    if (told.state === "done") return finish(told);
    if (told.state === "failed" || told.state === "stopped" || !told.state) return fail(told.error);
    if (told.state === "waiting") progress(`${told.ahead} ahead`, 0, 0);
    else if (!told.made) progress(`${model.name} is loaded`, 0, 0);
    else progress(pace(told), told.made, told.count);
    await new Promise((done) => setTimeout(done, 300));
  }
}

function pace(told) {
  if (!told.count) return `${told.made} frames`;
  const left = (told.seconds / told.made) * (told.count - told.made);
  return `${percent(told.made / told.count)}, ${clock(left)} left`;
}

function progress(text, made, count) {
  $("progress").hidden = false;
  $("doing").textContent = text;
  if (count) $("bar").value = Math.min(made / count, 1);
  else $("bar").removeAttribute("value");
}

function forget() {
  if (upload) upload.abort();
  if (job) fetch(`jobs/${job}`, { method: "DELETE", keepalive: true }).catch(() => {});
  upload = job = null;
}

function fail(text) {
  $("progress").hidden = true;
  say(text || "The clip could not be done.");
}

function say(text) {
  $("error").textContent = text;
  $("error").hidden = !text;
}

// ---- before and after ----

const before = $("before"), after = $("after");

function finish(told) {
  $("progress").hidden = true;
  const pair = told.files.includes("before");
  $("stage").classList.toggle("alone", !pair);
  $("result").hidden = false;
  for (const [video, name] of [[before, "before"], [after, "after"]]) {
    const there = told.files.includes(name), link = $(`save-${name}`);
    link.hidden = !there;
    if (there) {
      video.src = `jobs/${told.id}/${name}`;
      link.href = `jobs/${told.id}/${name}?download`;
    } else {
      video.removeAttribute("src");
      video.load();
    }
  }
  $("save-after").textContent = pair ? "Save after" : "Save";
  $("facts").dataset.seconds = told.seconds;
  split(50);
  play();
}

after.addEventListener("loadedmetadata", facts);
before.addEventListener("loadedmetadata", facts);

function facts() {
  const { videoWidth: width, videoHeight: height } = after;
  if (!width) return;
  $("stage").style.setProperty("--aspect", `${width} / ${height}`);
  $("stage").style.setProperty("--ratio", width / height);
  $("stage").classList.toggle("small", width <= 128);
  const from = before.videoWidth && before.getAttribute("src") ? `${before.videoWidth}×${before.videoHeight} → ` : "";
  $("facts").textContent = `${from}${width}×${height}, made in ${Number($("facts").dataset.seconds).toFixed(1)} s`;
}

function split(share) {
  $("split").value = share;
  $("stage").style.setProperty("--split", `${share}%`);
}

function play() {
  after.play().catch(() => {  // Browsers let nothing sound before one has clicked somewhere.
    after.muted = true;
    after.play().catch(() => {});
  });
}

function paired() {
  return before.readyState > 0 && Boolean(before.getAttribute("src"));
}

function keep() {
  // The one follows the other: a little faster or slower, or at once where it is far off.
  if (paired()) {
    const off = after.currentTime - before.currentTime;
    if (Math.abs(off) > (after.paused ? 0.001 : 0.25) && !before.seeking) before.currentTime = after.currentTime;
    else if (!after.paused) before.playbackRate = Math.min(2, Math.max(0.5, 1 + 2 * off));
    if (after.paused !== before.paused) after.paused ? before.pause() : before.play().catch(() => {});
  }
  if (after.duration) {
    if (document.activeElement !== $("time") || !after.paused) $("time").value = after.currentTime / after.duration;
    $("clock").textContent = `${clock(after.currentTime)} / ${clock(after.duration)}`;
  }
  requestAnimationFrame(keep);
}

// ---- what one does ----

$("split").addEventListener("input", () => split($("split").value));
$("play").addEventListener("click", () => (after.paused ? play() : after.pause()));
$("sound").addEventListener("click", () => { after.muted = !after.muted; });
after.addEventListener("volumechange", () => { $("sound").textContent = after.muted ? "Sound on" : "Sound off"; });
after.addEventListener("play", () => { $("play").textContent = "Pause"; });
after.addEventListener("pause", () => { $("play").textContent = "Play"; });
$("time").addEventListener("input", () => {
  after.pause();
  after.currentTime = $("time").value * (after.duration || 0);
});
$("stop").addEventListener("click", () => {
  forget();
  clip = null;
  $("progress").hidden = true;
  $("drop").classList.remove("compact");
});
$("generate").addEventListener("click", () => begin(null));
$("options").addEventListener("submit", (event) => { event.preventDefault(); if (model.kind === "generate") begin(null); });
$("file").addEventListener("change", () => { const [file] = $("file").files; $("file").value = ""; if (file) begin(file); });
$("drop").addEventListener("keydown", (event) => {
  if (event.key === "Enter" || event.key === " ") { event.preventDefault(); $("file").click(); }
});
for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  window.addEventListener(kind, (event) => {
    event.preventDefault();
    $("drop").classList.toggle("over", kind === "dragenter" || kind === "dragover");
    const file = kind === "drop" && event.dataTransfer.files[0];
    if (file && !$("drop").hidden) begin(file);
  });
}
window.addEventListener("pagehide", forget);

// ---- small things ----

function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

function percent(share) {
  return `${Math.round(share * 100)} %`;
}

function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

if (matchMedia("(pointer: coarse)").matches) document.querySelector(".drop strong").textContent = "Choose a clip";
look();
setInterval(look, 5000);
requestAnimationFrame(keep);
