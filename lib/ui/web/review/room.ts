// The state of the Review page in the browser: `room` is all that the parts of the page know of each other,
// and `setRoom` changes it. It lies on the window, so that filter_result.ts and window_click.ts, which
// stand elsewhere on the page, and a script that is loaded anew have the same one; browser tests read it.

import type { CodedSpanData, CodingData } from "../shared/coding_protocol";
import type { ViewerData } from "../shared/live_protocol";
import type {
  FilterChip,
  FilterRequest,
  NoteData,
  ReviewAct,
  SpokenShare,
  TranscriptLine,
  VerdictData,
  WindowData,
} from "../shared/protocol";
import type { BegunStretch } from "./begun";
import type { Sheet } from "./data_table";
import { EMPTY, type Outbox } from "./outbox";
import type { DrawnFigure, Graph } from "./plotly_chart";
import type { Tab } from "./side_tabs";
import type { Span } from "./spans";

export type Range = readonly [from: number, to: number]; // seconds

export interface Sort {
  readonly by: keyof Span & string;
  readonly down: boolean;
}

// What the panel is about: a chosen span, a moment, a stretch of the transcript, or a span of a link that is not in the session.
export type About =
  | { readonly kind: "span"; readonly id: number }
  | { readonly kind: "moment"; readonly at: number }
  | { readonly kind: "range"; readonly start: number; readonly end: number }
  | { readonly kind: "lost" };

// What is typed about one thing, until it is saved.
export interface Draft {
  text: string;
  readonly id: string; // of the note that it becomes
  readonly before?: string; // the text of a note that is changed, as the change began
  apart?: string; // the id of the note that it becomes beside the one that is changed
  place?: string;
  at?: number | undefined;
}

// A long rationale as far as it is loaded, and where its next part begins.
export interface LongText {
  readonly text: string;
  readonly next: number;
}

export interface Mark {
  readonly node: HTMLElement;
  readonly id?: number | null;
  readonly start?: number;
  readonly end?: number;
}

// The whole recording on the time axis of a chart, as the figure came.
export interface Home {
  readonly range: Range;
  readonly tickvals: readonly number[]; // all of them, whatever fits
  readonly ticktext: readonly string[];
  readonly since: number; // ms
}

// What the lanes show now.
export interface DrawnLanes {
  readonly gd: Graph;
  readonly shown: ReadonlySet<number> | null;
  readonly data: unknown;
}

interface Sent {
  // by Python, with the spans
  readonly source: Element | null;
  readonly session?: string;
  readonly digits: number;
  readonly author?: string;
  readonly types?: readonly string[];
  readonly counted?: Readonly<Record<string, number>>;
  readonly sent: readonly Span[]; // as Python sent them
  readonly spans: readonly Span[];
  readonly byId: ReadonlyMap<number | null, Span>;
  readonly lines: readonly TranscriptLine[];
  readonly speakers: readonly string[];
  readonly shares: Readonly<Record<string, readonly SpokenShare[]>>; // of who spoke, by the id of a span
  // with what people added
  readonly charts: readonly string[];
  readonly notes: readonly NoteData[];
  readonly verdicts: readonly VerdictData[];
  readonly coding: CodingData;
  readonly mode: string; // in which one judges
  readonly opened: ReadonlyMap<number, string>; // in a blind mode: spans shown whole, and their probabilities
  readonly toldReviewer: string; // who judges as Python said last
  readonly undo: string; // what can be, in words
  readonly redo: string;
  readonly version: string; // of notes and verdicts
  readonly live: string; // address that tells of a later one; "" for none
  readonly noticeAt?: number;
  // with the filters
  readonly shown: ReadonlySet<number> | null; // null: all
  readonly countText?: string;
  readonly chips?: readonly FilterChip[];
  readonly folded?: number;
  readonly resultAt?: number;
  readonly windows?: WindowData | null; // while the section on quality is open
}

interface Chosen {
  readonly picked: number | null; // the id of a span
  readonly about: About | null;
  readonly editing?: NoteData | null;
  readonly reviewer: string;
  readonly sort: Sort;
  readonly order: readonly number[]; // the ids of the spans in the list
  readonly zoom?: Range | null;
  readonly wanted?: Range | null; // range of a gesture that is not drawn yet
  readonly follow: boolean; // the playhead, while zoomed and playing
  readonly away: boolean; // the analyst looks at where it is not
  readonly keys: boolean;
  readonly loop: boolean;
  readonly subtitle: string;
  readonly stretch?: { readonly start: number; readonly end: number } | null; // that is played
  readonly european?: boolean;
  readonly forward: string | null; // the score whose line stands out
  readonly off: Set<string>; // scores that are switched off
  readonly drafts: Map<string, Draft>;
  readonly long: Map<number, LongText>;
  readonly signs: ReadonlyMap<number | null, string>;
  readonly sheet?: Sheet;
  readonly tab: Tab; // beside the video
  readonly wordsWanted: string; // what the transcript is searched for
  readonly wordsFollow: boolean; // the spoken line is kept in sight
  readonly linesChosen: readonly [from: number, to: number] | null; // places of lines
}

interface Coding {
  readonly isCoding: boolean; // the keys are those of the codes
  readonly begun: readonly BegunStretch[]; // stretches without an end yet
  readonly held: ReadonlyMap<string, HeldKey>; // by the place of the key
  readonly codedPicked: string | null; // the id of a coded span
  readonly dragged: CodedSpanData | null; // as it is while an edge is dragged
}

// The key of a code that is down, what it began, and since when [ms] by the clock of the keyboard.
export interface HeldKey {
  readonly stretch: BegunStretch;
  readonly since: number;
  readonly repeats: boolean;
}

interface Underway {
  readonly viewers: readonly ViewerData[]; // others with the review open
  readonly asking: number; // timer: when others are asked about next
  readonly failures: number; // of asking, one after the other
  readonly arrived?: boolean; // the moment of a link was taken
  readonly due?: {
    readonly seconds: number;
    readonly until: number;
    readonly again?: boolean; // it was asked for a second time
  } | null; // and holds until then
  readonly awaited?: {
    readonly find: () => HTMLElement | null;
    readonly since: number;
    readonly until: number;
    readonly height: number | null; // of the page when it was last brought into view
  } | null;
  readonly outbox: Outbox;
  readonly outboxes: Map<string | undefined, Outbox>; // of the sessions that were left
  readonly picking: number;
  readonly ending: number;
}

interface Drawn {
  readonly bound: WeakSet<Graph>;
  readonly home: WeakMap<Graph, Home>;
  readonly heads: Map<Graph, HTMLElement>;
  readonly lineWidths: WeakMap<Graph, ReadonlyMap<string, number>>; // of scores, in pixels, as they came
  readonly whole: WeakMap<Graph, DrawnFigure>;
  readonly drawn: DrawnLanes | null;
  readonly rows?: ReadonlyMap<number, number>; // of the lanes: by their number in the figure
  readonly rowOf?: ReadonlyMap<number | null, number | undefined>; // by the id of a span
  readonly marks?: readonly Mark[];
  readonly frame?: HTMLElement;
  readonly marksAt?: string;
  readonly cards?: HTMLElement | null; // the first of the scores that can be brought forward
  readonly watched?: HTMLVideoElement | null;
  readonly spoken: string; // the lines that stand out, as text
  readonly wordsAt: number; // seconds: where the transcript was last brought into step
}

interface Acts {
  readonly send?: (act: ReviewAct & { session?: string }) => void;
  readonly filter?: (request: Omit<FilterRequest, "at">) => void;
  readonly window?: ((index: number, compare: boolean) => void) | null;
  readonly stop?: (() => void) | null;
  readonly redraw?: () => void;
  readonly wake?: (() => void) | null; // the frames, which rest while nothing changes
}

export type Room = Sent & Chosen & Coding & Underway & Drawn & Acts;

declare global {
  interface Window {
    signalReview?: Partial<Room>;
  }
}

const BEFORE: Room = {
  source: null,
  digits: 0,
  sent: [],
  spans: [],
  byId: new Map(),
  lines: [],
  speakers: [],
  shares: {},
  charts: [],
  notes: [],
  verdicts: [],
  coding: { codebook: null, spans: [] },
  isCoding: false,
  begun: [],
  held: new Map(),
  codedPicked: null,
  dragged: null,
  mode: "open",
  opened: new Map(),
  undo: "",
  redo: "",
  version: "",
  live: "",
  viewers: [],
  asking: 0,
  failures: 0,
  shown: null,
  picked: null,
  about: null,
  reviewer: "",
  toldReviewer: "",
  sort: { by: "start", down: false },
  order: [],
  follow: true,
  away: false,
  keys: true,
  loop: false,
  subtitle: "",
  forward: null,
  off: new Set(),
  drafts: new Map(),
  long: new Map(),
  signs: new Map(),
  tab: "spans",
  wordsWanted: "",
  wordsFollow: true,
  linesChosen: null,
  spoken: "",
  wordsAt: 0,
  outbox: EMPTY,
  outboxes: new Map(),
  picking: 0,
  ending: 0,
  bound: new WeakSet(),
  home: new WeakMap(),
  heads: new Map(),
  lineWidths: new WeakMap(),
  whole: new WeakMap(),
  drawn: null,
};

// The one that is there stays the same object: others hold on to it.
function openRoom(): Room {
  window.signalReview ??= {};
  const known = { ...window.signalReview };
  return Object.assign(window.signalReview, BEFORE, known);
}

export const room: Room = openRoom();

const TIMERS: ReadonlySet<string> = new Set(["asking", "picking", "ending"]); // nobody sees them

export function setRoom(change: Partial<Room>): void {
  const keys = Object.keys(change) as (keyof Room)[];
  const isSeen = keys.some((key) => !TIMERS.has(key) && room[key] !== change[key]);
  Object.assign(room, change);
  if (isSeen) room.wake?.();
}

// A part of the page, by the end of its class.
export function part<Kind extends HTMLElement = HTMLElement>(name: string): Kind | null {
  return document.querySelector<Kind>(`.sr-${name}`);
}
