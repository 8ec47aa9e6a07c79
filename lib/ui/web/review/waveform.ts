// The waveform of a sound without a picture: the playhead in step, a click goes to that time.
import { make, makeSvg } from "../shared/elements";
import { seek } from "./playback";

let wave: { host: HTMLElement; head: HTMLElement; seconds: number } | null = null;

// One bar for each level, relative to the loudest.
export function wavePath(levels: readonly number[]): string {
  const most = Math.max(1, ...levels);
  const bar = (level: number, place: number) => {
    const high = Math.max(1, (level / most) * 48);
    return `M${place} ${50 - high}h1v${2 * high}h-1z`;
  };
  return levels.map(bar).join("");
}

export function buildWave(host: HTMLElement): void {
  const levels = (host.dataset.levels ?? "").split(",").map(Number);
  const seconds = Number(host.dataset.seconds);
  const svg = makeSvg("svg", {
    viewBox: `0 0 ${levels.length} 100`,
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
  svg.append(makeSvg("path", { d: wavePath(levels) }));
  const head = make("div", "sr-playhead");
  host.replaceChildren(svg, head);
  wave = { host, head, seconds };
  host.addEventListener("click", (event) => {
    const box = host.getBoundingClientRect();
    seek(((event.clientX - box.left) / box.width) * seconds);
  });
}

export function drawWaveHead(v: HTMLVideoElement | null): void {
  if (!wave?.host.isConnected || !v || !wave.seconds) return;
  const x = Math.min(1, v.currentTime / wave.seconds) * wave.host.clientWidth - 1;
  wave.head.style.display = "block";
  wave.head.style.height = "100%";
  wave.head.style.transform = `translateX(${x.toFixed(1)}px)`;
}
