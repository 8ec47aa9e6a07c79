// Escape leaves whatever is innermost: a field, a form, then what is chosen, and at last a score.
import { isOverlayOpen, openPopover } from "../shared/streamlit_page";
import { leaveField } from "./acts";
import { chooseNothing } from "./choice";
import { openMenu } from "./head_actions";
import { part, room } from "./room";
import { leaveScore } from "./score_lines";

const OF_PANEL = ".sr-panel :is(textarea, input, select)";
const TEXT = "input:is([type=text], [type=search]), textarea";
const OPENS = "[role=combobox], [aria-expanded=true]"; // closes by itself what it has opened

// True where there was something to leave.
export function leave(target: Element | null): boolean {
  if (isOverlayOpen() || openPopover() || openMenu() || document.fullscreenElement) return false;
  const field = target?.closest<HTMLElement>(OF_PANEL) ?? plainField(target);
  if (field) {
    leaveField(field);
    return true;
  }
  if (target?.closest(OPENS)) return false;
  const asking = part("name-form");
  if (asking) asking.remove();
  else if (room.about) chooseNothing();
  else return leaveScore();
  return true;
}

const plainField = (target: Element | null) =>
  target?.matches(OPENS) ? null : target?.closest<HTMLElement>(TEXT);
