"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const tables = Object.fromEntries(Object.entries(data.colours).map(([name, hex]) =>
    [name, hex.map(h => [1, 3, 5].map(i => parseInt(h.slice(i, i + 2), 16)))]));
  const NOT_FINITE = 65535, STEPS = 65534;

  const unpack = text => {
    const bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0));
    return new Uint16Array(bytes.buffer);
  };
  const number = value => {
    if (!Number.isFinite(value)) return "not finite";
    const size = Math.abs(value);
    const text = size !== 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential(2) : String(+value.toPrecision(4));
    return text.replace("-", "\u2212");
  };
  const hertz = f => f < 1000 ? `${Math.round(f)} Hz` : `${(f / 1000).toFixed(2)} kHz`;

  class Layer {
    constructor(source) {
      Object.assign(this, source);
      this.steps = unpack(source.values);
    }
    value(cell) {
      const step = this.steps[cell];
      return step === NOT_FINITE ? NaN : this.min + (this.max - this.min) * step / STEPS;
    }
    position(cell) {
      const value = this.value(cell);
      if (Number.isNaN(value)) return -1;
      return this.high > this.low ? Math.min(1, Math.max(0, (value - this.low) / (this.high - this.low))) : 0;
    }
    strength(cell) {
      const value = this.value(cell);
      return Number.isNaN(value) ? -Infinity : this.signed ? Math.abs(value) : value;
    }
    // Cell indices, strongest first: what a threshold would mask.
    get order() {
      if (!this.sorted) {
        const strength = Float64Array.from(this.steps, (_, cell) => this.strength(cell));
        this.sorted = Uint32Array.from(strength.keys()).sort((a, b) => strength[b] - strength[a]);
      }
      return this.sorted;
    }
  }

  class Viewer {
    constructor(root, clip) {
      this.root = root;
      this.clip = clip;
      this.bins = clip.bins;
      this.frames = clip.frames;
      this.base = new Layer(clip.spectrogram);
      this.layers = clip.maps.map(() => null);
      this.canvas = root.querySelector("canvas.picture");
      this.bar = root.querySelector("canvas.bar");
      this.readout = root.querySelector(".readout");
      this.opacity = root.querySelector("input.opacity");
      this.share = root.querySelector("input.share");
      this.cursor = null;
      root.querySelectorAll(".panel input[type=radio]").forEach(input => input.addEventListener("change", () => this.draw()));
      [this.opacity, this.share].forEach(input => input.addEventListener("input", () => this.draw()));
      this.canvas.addEventListener("pointermove", event => this.point(event));
      this.canvas.addEventListener("pointerleave", () => this.move(null));
      this.canvas.addEventListener("keydown", event => this.key(event));
      this.silenced = null;
      this.draw();
      if (clip.sound) this.player = new Player(this, data.axes);
    }
    get chosen() {
      const index = Number(this.root.querySelector(".panel input[type=radio]:checked").value);
      if (index < 0) return null;
      return this.layers[index] ??= new Layer(this.clip.maps[index]);
    }
    draw() {
      const { bins, frames } = this, layer = this.chosen;
      const mask = new Uint8Array(bins * frames);
      const share = layer ? Number(this.share.value) / 100 : 0;
      const count = Math.round(share * mask.length);
      if (layer) for (const cell of layer.order.subarray(0, count)) mask[cell] = 1;
      const picture = new ImageData(frames, bins), opacity = Number(this.opacity.value) / 100;
      for (let bin = 0; bin < bins; bin++)
        for (let frame = 0; frame < frames; frame++) {
          const cell = bin * frames + frame, at = 4 * ((bins - 1 - bin) * frames + frame);
          let colour = mask[cell] ? [0, 0, 0] : this.colour(cell, layer, opacity);
          if (this.silenced?.[cell]) colour = colour.map(c => Math.round(0.3 * c));
          picture.data.set(colour, at);
          picture.data[at + 3] = 255;
        }
      this.canvas.width = frames;
      this.canvas.height = bins;
      this.canvas.getContext("2d").putImageData(picture, 0, 0);
      this.picture = picture;
      this.mask = mask;
      this.drawBar(layer ?? this.base);
      this.root.querySelector(".masked").textContent = layer
        ? `masks ${count} of ${mask.length} cells (black)` + (count ? `: ${layer.signed ? "|value|" : "value"} from ${number(layer.strength(layer.order[count - 1]))}` : "")
        : "choose a map first";
      this.root.querySelector(".alpha").textContent = `${this.opacity.value} %`;
      this.root.querySelector(".percent").textContent = `${this.share.value} %`;
      this.opacity.disabled = this.share.disabled = !layer;
      this.describe();
      this.drawCursor();
    }
    colour(cell, layer, opacity) {
      const under = this.pick(this.base, cell);
      if (!layer) return under;
      const grey = 0.2126 * under[0] + 0.7152 * under[1] + 0.0722 * under[2];
      return this.pick(layer, cell).map(c => Math.round(opacity * c + (1 - opacity) * grey));
    }
    pick(layer, cell) {
      const position = layer.position(cell), table = tables[layer.colours];
      return position < 0 ? [128, 128, 128] : table[Math.round(position * (table.length - 1))];
    }
    drawBar(layer) {
      const table = tables[layer.colours], strip = new ImageData(table.length, 1);
      table.forEach((colour, i) => strip.data.set([...colour, 255], 4 * i));
      this.bar.width = table.length;
      this.bar.height = 1;
      this.bar.getContext("2d").putImageData(strip, 0, 0);
      const ends = this.root.querySelectorAll(".ends span");
      ends[0].textContent = (layer.min < layer.low ? "\u2264 " : "") + number(layer.low);
      ends[1].textContent = layer.unit;
      ends[2].textContent = (layer.max > layer.high ? "\u2265 " : "") + number(layer.high);
    }
    point(event) {
      const box = this.canvas.getBoundingClientRect();
      const frame = Math.floor((event.clientX - box.left) / box.width * this.frames);
      const bin = this.bins - 1 - Math.floor((event.clientY - box.top) / box.height * this.bins);
      this.move({ bin: Math.min(this.bins - 1, Math.max(0, bin)), frame: Math.min(this.frames - 1, Math.max(0, frame)) });
    }
    key(event) {
      const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [1, 0], ArrowDown: [-1, 0] };
      if (event.key === "Escape") return this.move(null);
      if (!(event.key in steps)) return;
      event.preventDefault();
      const [up, right] = steps[event.key].map(step => step * (event.shiftKey ? 8 : 1));
      const from = this.cursor ?? { bin: this.bins >> 1, frame: this.frames >> 1 };
      this.move({ bin: Math.min(this.bins - 1, Math.max(0, from.bin + up)), frame: Math.min(this.frames - 1, Math.max(0, (right ? this.player?.frame : null) ?? from.frame) + right) });
      if (right) this.player?.seekFrame(this.cursor.frame);
    }
    move(cursor) {
      this.cursor = cursor;
      this.describe();
      this.drawCursor();
    }
    describe() {
      if (!this.cursor) {
        this.readout.textContent = "Point at the picture, or focus it and use the arrow keys (Shift: 8 cells).";
        return;
      }
      const { bin, frame } = this.cursor, { axes } = data, cell = bin * this.frames + frame, layer = this.chosen;
      const where = axes.hertz
        ? `${(axes.first + frame * axes.step).toFixed(3)} s, ${hertz(axes.hertz[bin])}`
        : `frame ${frame}, bin ${bin}`;
      const lines = [where, `spectrogram: ${number(this.base.value(cell))} ${this.base.unit}`];
      if (layer) lines.push(`${layer.name}: ${number(layer.value(cell))}${this.mask[cell] ? " (masked)" : ""}`);
      this.readout.textContent = lines.join("\n");
    }
    drawCursor() {
      const context = this.canvas.getContext("2d");
      context.putImageData(this.picture, 0, 0);
      if (!this.cursor) return;
      const { bin, frame } = this.cursor, y = this.bins - 1 - bin;
      context.globalAlpha = 0.55;
      context.fillStyle = "#fff";
      context.fillRect(frame, 0, 1, y);
      context.fillRect(frame, y + 1, 1, this.bins);
      context.fillRect(0, y, frame, 1);
      context.fillRect(frame + 1, y, this.frames, 1);
      context.globalAlpha = 1;
    }
  }

  const themes = ["auto", "light", "dark"], toggle = document.getElementById("theme");
  toggle.addEventListener("click", () => {
    const next = themes[(themes.indexOf(toggle.dataset.theme) + 1) % themes.length];
    toggle.dataset.theme = next;
    toggle.textContent = `Theme: ${next}`;
    if (next === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
  });

  // The first picture at once, the others when their section comes near, so that a long report opens quickly.
  const show = root => new Viewer(root, data.clips[Number(root.dataset.clip)]);
  const watcher = new IntersectionObserver(entries => {
    for (const entry of entries)
      if (entry.isIntersecting) {
        watcher.unobserve(entry.target);
        show(entry.target);
      }
  }, { rootMargin: "600px" });
  document.querySelectorAll(".viewer").forEach((root, index) => index === 0 ? show(root) : watcher.observe(root));
})();
