// Parts of the page, drawn by name: an act says what has changed, and need not know who shows it.
export type Drawing = "rows" | "place" | "panel" | "people" | "frame" | "transport" | "zoom";

const drawings = new Map<Drawing, () => void>();

export function drawsAs(name: Drawing, draw: () => void): void {
  drawings.set(name, draw);
}

// In the order that they are named in.
export function redraw(...names: readonly Drawing[]): void {
  for (const name of names) drawings.get(name)?.();
}
