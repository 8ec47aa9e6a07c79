// A table for other programs: copied, or saved as a file.
import { button, make } from "../shared/elements";
import type { Sheet } from "./data_table";
import { COMMAS, SEMICOLONS, type Style, TABS, writeTable } from "./data_table_values";
import { room, setRoom } from "./room";

const EUROPEAN = "CSV with ; between cells and a decimal comma"; // as in the section Downloads
const SAVING = 60_000; // ms that a browser has to read the file

export function sheetActions(sheet: Sheet): HTMLElement[] {
  const said = make("span", "sr-told", "", { role: "status" });
  return [
    button("Copy the table", () => copySheet(sheet, said)),
    button("Save as CSV", () => saveSheet(sheet)),
    makeEuropeanBox(),
    said,
  ];
}

// What is chosen holds for every table until the page is left.
function makeEuropeanBox(): HTMLLabelElement {
  const made = make("label", "sr-check");
  const box = make("input", "", undefined, { type: "checkbox" });
  box.checked = room.european ?? false;
  box.addEventListener("change", () => setRoom({ european: box.checked }));
  made.append(box, ` ${EUROPEAN}`);
  return made;
}

function textOf({ told, columns, names, rows }: Sheet, style: Style, before = {}): string {
  return writeTable({ columns, names, order: rows, formula: told.formula, before }, style);
}

async function copySheet(sheet: Sheet, said: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(textOf(sheet, TABS));
    said.textContent = "Copied for a spreadsheet";
  } catch {
    said.textContent = "The browser does not allow copying; save the table instead";
  }
}

function saveSheet(sheet: Sheet): void {
  const { about, file } = sheet.told;
  const text = `${textOf(sheet, room.european ? SEMICOLONS : COMMAS, about)}\r\n`;
  const href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
  const link = make("a", "", undefined, { href, download: file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), SAVING);
}
