// Which key means what, and where the keyboard is somebody else's.
export interface Key {
  readonly key: string; // as the browser names it; an upper-case letter is one with Shift
  readonly shown: string;
  readonly does: string;
  readonly act: () => void;
}

export interface KeyGroup {
  readonly title: string;
  readonly keys: readonly Omit<Key, "key" | "act">[];
}

export type Press = Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">;

export type Command = "undo" | "redo";

// What other programs do by these keys: Ctrl or Cmd with z, Shift and z, and y (Cmd and y is the browser's own).
export function findCommand(press: Press): Command | undefined {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = press;
  if (ctrlKey === metaKey || altKey) return undefined;
  const letter = key.toLowerCase();
  if (letter === "z") return shiftKey ? "redo" : "undo";
  return letter === "y" && ctrlKey && !shiftKey ? "redo" : undefined;
}

// Letters go by Shift alone, whatever Caps Lock says; where signs lie on a keyboard is its own affair.
export function findKey<One extends { readonly key: string }>(
  keys: readonly One[],
  press: Press,
): One | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey) return undefined;
  const letter = /^\p{L}$/u.test(press.key);
  const { key } = press;
  const wanted = !letter ? key : press.shiftKey ? key.toUpperCase() : key.toLowerCase();
  return keys.find((one) => one.key === wanted);
}
