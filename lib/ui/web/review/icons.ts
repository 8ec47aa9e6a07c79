// The signs on buttons, drawn in 16 by 16; a name in words stands beside each, unseen.
import { type Attributes, button, makeSvg } from "../shared/elements";

interface Icon {
  readonly fill?: string;
  readonly stroke?: string;
}

const ICONS = {
  play: { fill: "M4 2v12l9.5-6z" },
  pause: { fill: "M4 2.5h3v11H4zM9 2.5h3v11H9z" },
  previous: { fill: "M13 2.5v11L5.5 8z", stroke: "M3.5 3v10" },
  next: { fill: "M3 2.5v11L10.5 8z", stroke: "M12.5 3v10" },
  back: { stroke: "M8 3.5L3.5 8 8 12.5M12.5 3.5L8 8l4.5 4.5" },
  forward: { stroke: "M8 3.5L12.5 8 8 12.5M3.5 3.5L8 8l-4.5 4.5" },
  frameBack: { stroke: "M10 3.5L5.5 8l4.5 4.5" },
  frameForward: { stroke: "M6 3.5L10.5 8 6 12.5" },
  span: { fill: "M6 4.5v7L11.5 8z", stroke: "M4 2.5H2v11h2M12 2.5h2v11h-2" },
  loop: {
    stroke:
      "M3 7.5V7a3 3 0 0 1 3-3h7M10.5 1.5L13 4l-2.5 2.5M13 8.5V9a3 3 0 0 1-3 3H3M5.5 14.5L3 12l2.5-2.5",
  },
  whole: { stroke: "M2 3v10M14 3v10M4.5 8h7M6.5 6l-2 2 2 2M9.5 6l2 2-2 2" },
  range: { stroke: "M2 3h12L9.5 8.5v5l-3-1.5V8.5z" },
  follow: { stroke: "M4 2v12M7 8h6.5M11 5.5L13.5 8 11 10.5" },
} satisfies Record<string, Icon>;
export type IconName = keyof typeof ICONS;

export function makeIcon(name: IconName): SVGSVGElement {
  const svg = makeSvg("svg", { class: "sr-icon", viewBox: "0 0 16 16", "aria-hidden": "true" });
  svg.dataset.icon = name;
  const { fill, stroke }: Icon = ICONS[name];
  if (fill) svg.append(makeSvg("path", { d: fill }));
  if (stroke) svg.append(makeSvg("path", { class: "line", d: stroke }));
  return svg;
}

// `title` is its name, and says its key.
export function iconButton(
  icon: IconName,
  title: string,
  act: () => void,
  attributes: Attributes = {},
): HTMLButtonElement {
  const made = button("", act, { title, "aria-label": title, ...attributes });
  made.classList.add("sr-sign");
  made.append(makeIcon(icon));
  return made;
}
