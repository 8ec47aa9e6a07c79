// The waveform of a sound without a picture: the playhead in step, a click goes to that time.
const wave = { host: null, seconds: 0, head: null };

function buildWave(host) {
  const levels = host.dataset.levels.split(",").map(Number), most = Math.max(1, ...levels);
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  Object.entries({ viewBox: `0 0 ${levels.length} 100`, preserveAspectRatio: "none", "aria-hidden": "true" })
    .forEach(([name, value]) => svg.setAttribute(name, value));
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const line = (level, place) => { const high = Math.max(1, (level / most) * 48); return `M${place} ${50 - high}h1v${2 * high}h-1z`; };
  path.setAttribute("d", levels.map(line).join(""));
  svg.append(path);
  const head = make("div", "sr-playhead");
  host.replaceChildren(svg, head);
  Object.assign(wave, { host, head, seconds: Number(host.dataset.seconds) });
  host.addEventListener("click", (event) => {
    const box = host.getBoundingClientRect();
    seek(((event.clientX - box.left) / box.width) * wave.seconds);
  });
}

function drawWaveHead(v) {
  if (!wave.host?.isConnected || !v || !wave.seconds) return;
  wave.head.style.display = "block";
  wave.head.style.height = "100%";
  wave.head.style.transform = `translateX(${(Math.min(1, v.currentTime / wave.seconds) * wave.host.clientWidth - 1).toFixed(1)}px)`;
}
