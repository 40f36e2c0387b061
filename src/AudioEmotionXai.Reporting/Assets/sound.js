"use strict";
// Plays the sounds of one clip: a cursor over the picture, loops, and takes that take over at the same place.
class Player {
  static current = null;
  static SHORTEST_LOOP = 0.03;
  static DRAG_PIXELS = 4;

  constructor(viewer, axes) {
    this.viewer = viewer;
    this.axes = axes;
    this.root = viewer.root;
    this.source = viewer.clip.sound;
    this.canvas = viewer.canvas;
    this.playButton = this.find(".play");
    this.unloopButton = this.find(".unloop");
    this.clock = this.find(".clock");
    this.playhead = this.find(".playhead");
    this.band = this.find(".loop");
    this.marks = this.find(".marks");
    this.dim = this.find(".dim");
    this.sets = [...this.root.querySelectorAll(".takes")];
    this.audios = [];
    this.set = 0;
    this.take = 0;
    this.loop = null;
    this.drag = null;
    this.listen();
    this.choose(this.setOfMap() ?? 0, 0);
    Player.current ??= this;
  }
  find(selector) { return this.root.querySelector(selector); }

  listen() {
    this.playButton.addEventListener("click", () => this.toggle());
    this.unloopButton.addEventListener("click", () => this.setLoop(null));
    this.dim.addEventListener("change", () => this.shade());
    this.sets.forEach((box, set) => box.querySelectorAll("input[type=radio]").forEach(input =>
      input.addEventListener("change", () => this.choose(set, Number(input.value)))));
    this.root.querySelectorAll(".panel input[type=radio]").forEach(input => input.addEventListener("change", () => {
      const set = this.setOfMap();
      if (set !== null && set !== this.set) this.choose(set, this.take);
    }));
    this.root.querySelectorAll(".spans button").forEach(button => button.addEventListener("click", () =>
      this.playLoop(Number(button.dataset.start), Number(button.dataset.end))));
    this.root.addEventListener("keydown", event => this.key(event));
    this.canvas.addEventListener("pointerdown", event => this.press(event));
    this.canvas.addEventListener("pointermove", event => this.pull(event));
    this.canvas.addEventListener("pointerup", event => this.release(event));
    this.canvas.addEventListener("pointercancel", () => { this.drag = null; this.showLoop(this.loop); });
  }
  // Which set belongs to the map that is shown; none where the spectrogram stands alone.
  setOfMap() {
    const map = Number(this.root.querySelector(".panel input[type=radio]:checked").value);
    const set = this.source.sets.findIndex(each => each.map === map);
    return set < 0 ? null : set;
  }

  // The element is made when it is first needed: a browser holds few media at a time.
  audioOf(set, take) {
    const file = this.source.sets[set].takes[take].file;
    if (!this.audios[file]) {
      const audio = document.createElement("audio");
      audio.preload = "auto";
      audio.hidden = true;
      audio.src = "data:audio/wav;base64," + this.source.files[file];
      audio.addEventListener("ended", () => this.end());
      this.root.querySelector(".sound").append(audio);
      this.audios[file] = audio;
    }
    return this.audios[file];
  }
  get audio() { return this.audioOf(this.set, this.take); }
  get playing() { return this.isPlaying === true; }
  get time() { return this.audios.length > 0 ? this.audio.currentTime : 0; }
  get duration() { return this.source.seconds; }

  choose(set, take) {
    const wasPlaying = this.playing, time = this.time;
    if (this.audios.length > 0) this.audio.pause();
    this.set = set;
    this.take = take;
    this.sets.forEach((box, i) => { box.hidden = i !== set; });
    this.sets[set].querySelectorAll("input[type=radio]")[take].checked = true;
    this.audio.currentTime = time;
    if (wasPlaying) this.start();
    this.shade();
    this.mark();
    this.answer();
    this.show();
  }
  // The model's answer beside the picture is that to the chosen sound.
  answer() {
    const odds = this.source.sets[this.set].takes[this.take].odds, box = this.find(".odds");
    box.querySelectorAll("meter").forEach((meter, label) => {
      meter.value = odds[label];
      meter.nextElementSibling.textContent = `${(100 * odds[label]).toFixed(1)} %`;
    });
  }
  start() {
    this.isPlaying = true;
    this.resume();
    this.tick();
  }
  // A sound that another takes over from before it has begun is no failure.
  resume() { this.audio.play().catch(failure => { if (failure.name !== "AbortError") this.stop(); }); }
  play() {
    if (Player.current && Player.current !== this) Player.current.leave();
    Player.current = this;
    if (this.loop && (this.time < this.loop.start || this.time >= this.loop.end)) this.seek(this.loop.start);
    else if (this.time >= this.duration - 0.01) this.seek(0);
    this.playButton.textContent = "Pause";
    this.playButton.setAttribute("aria-pressed", "true");
    this.start();
  }
  stop() {
    this.isPlaying = false;
    this.audios.forEach(audio => audio.pause());
    this.playButton.textContent = "Play";
    this.playButton.setAttribute("aria-pressed", "false");
    this.show();
  }
  // Another clip plays now: this one's media are let go.
  leave() {
    const time = this.time;
    this.stop();
    this.audios.forEach(audio => { audio.removeAttribute("src"); audio.load(); audio.remove(); });
    this.audios = [];
    this.audio.currentTime = time;
  }
  toggle() {
    if (this.playing) this.stop();
    else this.play();
  }
  end() {
    if (!this.playing) return;
    if (!this.loop) return this.stop();
    this.seek(this.loop.start);
    this.resume();
  }
  tick() {
    if (!this.playing || this.ticking) return;
    this.ticking = true;
    requestAnimationFrame(() => {
      this.ticking = false;
      if (this.playing && this.loop && this.time >= this.loop.end) this.audio.currentTime = this.loop.start;
      this.show();
      this.tick();
    });
  }

  seek(time) {
    this.audio.currentTime = Math.min(this.duration, Math.max(0, time));
    this.show();
  }
  get frame() {
    const frame = Math.round((this.time - this.axes.first) / this.axes.step);
    return Math.min(this.viewer.frames - 1, Math.max(0, frame));
  }
  seekFrame(frame) { this.seek(this.axes.first + frame * this.axes.step); }
  // Cells are drawn around their centres: the picture begins half a step before the first one.
  shareOf(time) { return ((time - this.axes.first) / this.axes.step + 0.5) / this.viewer.frames; }
  timeAt(event) {
    const box = this.canvas.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    const time = this.axes.first + (share * this.viewer.frames - 0.5) * this.axes.step;
    return Math.min(this.duration, Math.max(0, time));
  }

  setLoop(loop) {
    this.loop = loop && loop.end - loop.start >= Player.SHORTEST_LOOP ? loop : null;
    this.showLoop(this.loop);
    this.show();
  }
  playLoop(start, end) {
    this.setLoop({ start, end });
    this.seek(start);
    if (!this.playing) this.play();
  }
  showLoop(loop) {
    this.band.hidden = !loop;
    this.unloopButton.hidden = !this.loop;
    this.root.querySelectorAll(".spans button").forEach(button => button.setAttribute("aria-pressed",
      String(!!this.loop && Number(button.dataset.start) === this.loop.start && Number(button.dataset.end) === this.loop.end)));
    if (!loop) return;
    const left = Math.max(0, this.shareOf(loop.start)), right = Math.min(1, this.shareOf(loop.end));
    this.band.style.left = `${100 * left}%`;
    this.band.style.width = `${100 * (right - left)}%`;
    if (this.loop) this.unloopButton.textContent = `\u00d7 Loop ${this.loop.start.toFixed(2)}\u2013${this.loop.end.toFixed(2)} s`;
  }

  press(event) {
    if (event.button !== 0) return;
    this.drag = { x: event.clientX, time: this.timeAt(event), moved: false };
    this.canvas.setPointerCapture(event.pointerId);
  }
  pull(event) {
    if (!this.drag) return;
    this.drag.moved ||= Math.abs(event.clientX - this.drag.x) >= Player.DRAG_PIXELS;
    if (this.drag.moved) this.showLoop(this.between(this.drag.time, this.timeAt(event)));
  }
  release(event) {
    const drag = this.drag;
    this.drag = null;
    if (!drag) return;
    const { start, end } = this.between(drag.time, this.timeAt(event));
    if (drag.moved && end - start >= Player.SHORTEST_LOOP) return this.playLoop(start, end);
    this.showLoop(this.loop);
    if (this.loop && (drag.time < this.loop.start || drag.time >= this.loop.end)) this.setLoop(null);
    this.seek(drag.time);
  }
  between(a, b) { return { start: Math.min(a, b), end: Math.max(a, b) }; }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event, isButton = target.closest("button, summary, select, input:not([type=radio])");
    const takes = this.source.sets[this.set].takes.length;
    if (event.key === " " && !isButton) this.toggle();
    else if (event.key === "Escape") this.setLoop(null);
    else if (event.key === "[") this.setLoop({ start: this.time, end: this.loop && this.loop.end > this.time ? this.loop.end : this.duration });
    else if (event.key === "]") this.setLoop({ start: this.loop && this.loop.start < this.time ? this.loop.start : 0, end: this.time });
    else if (event.key >= "1" && event.key <= String(takes)) this.choose(this.set, Number(event.key) - 1);
    else return;
    event.preventDefault();
    event.handled = true;
  }

  // Cells that the chosen sound leaves out are drawn dark.
  shade() {
    const bits = this.source.sets[this.set].takes[this.take].silenced;
    this.viewer.silenced = null;
    if (bits && this.dim.checked) {
      const bytes = Uint8Array.from(atob(bits), c => c.charCodeAt(0));
      this.viewer.silenced = Uint8Array.from({ length: this.viewer.bins * this.viewer.frames }, (_, cell) => bytes[cell >> 3] >> (cell & 7) & 1);
    }
    this.viewer.draw();
  }
  mark() {
    this.marks.replaceChildren(...[...this.sets[this.set].querySelectorAll(".spans button")].map(button => {
      const mark = document.createElement("i"), left = this.shareOf(Number(button.dataset.start));
      mark.style.left = `${100 * left}%`;
      mark.style.width = `${100 * (this.shareOf(Number(button.dataset.end)) - left)}%`;
      return mark;
    }));
  }
  show() {
    const share = this.shareOf(this.time);
    this.playhead.hidden = share > 1;
    this.playhead.style.left = `${100 * Math.max(0, share)}%`;
    this.clock.textContent = `${this.time.toFixed(2)} / ${this.duration.toFixed(2)} s`;
  }
}

// Keys work wherever nothing else has the focus: they go to the clip that was played last, the first one to begin with.
document.addEventListener("keydown", event => {
  if (!event.handled && event.target === document.body && Player.current) Player.current.key(event);
});
