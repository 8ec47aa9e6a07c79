// Elements of a page. Every text from outside goes through here: it is set as text, never read as markup.
export type Attributes = Record<string, string | number>;

export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  css = "",
  text?: string,
  attributes: Attributes = {},
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (css) made.className = css;
  if (text !== undefined) made.textContent = text;
  setAttributes(made, attributes);
  return made;
}

export function makeSvg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAttributes(made, attributes);
  return made;
}

export function button(
  text: string,
  act: () => void,
  attributes: Attributes = {},
): HTMLButtonElement {
  const made = make("button", "sr-button", text, { type: "button", ...attributes });
  made.addEventListener("click", act);
  return made;
}

function setAttributes(made: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
}
