// Every text from outside goes through here: it is set as text, never read as markup.
function make(tag, css, text, attributes = {}) {
  const made = document.createElement(tag);
  if (css) made.className = css;
  if (text !== undefined) made.textContent = text;
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  return made;
}

function button(text, act, attributes = {}) {
  const made = make("button", "sr-button", text, { type: "button", ...attributes });
  made.addEventListener("click", act);
  return made;
}
