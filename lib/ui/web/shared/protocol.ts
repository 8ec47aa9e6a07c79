// What Python and the browser tell each other, as in `protocol.py` (a test compares both): "Data" goes to the
// browser, "Triggers" come back by their names, and Python checks them like anything from outside.
import type { CodingAct, CodingData } from "./coding_protocol";

// Before every page, and at the entrance: the token of a tab.
export interface AccessData {
  token?: string;
  refused?: string | null;
}
export interface AccessTriggers {
  token: string;
}

// A chart: the figure as Plotly's JSON, and what it shows in words.
export interface FigureData {
  figure: string;
  alt: string;
}

// The list of sessions.
export interface SessionsData {
  lines: SessionLine[];
  chosen: string[];
  seen: number;
}
export interface SessionLine {
  id: string;
  title: string;
  label: string;
  facts: string[];
  quality: string;
  scores: (number | null)[] | null;
  engaged: string;
  types: SessionType[];
  more: string[];
  spans: string;
  still: string;
}
export type SessionType = [name: string, count: number, group: string];
export interface SessionsTriggers {
  choice: SessionChoice;
  act: SessionAct;
}
export interface SessionChoice {
  page: string[];
  on: string[];
  seen: number;
}
export interface SessionAct {
  kind: "rename" | "delete";
  id: string;
}

// The filters of a review: which spans pass, null for all.
export interface FilterData {
  shown: number[] | null;
  text: string;
  at: number;
  takes_requests: boolean;
  chips: FilterChip[];
  folded: number;
}
export interface FilterChip {
  name: string;
  value: string;
  label: string;
}
export interface FilterTriggers {
  request: FilterRequest;
}
export interface FilterRequest {
  cue?: string;
  speaker?: string;
  range?: readonly [number, number] | null;
  remove?: FilterValue;
  at: number;
}
export interface FilterValue {
  name: string;
  value: string;
}

// The quality chart, while its section is open.
export interface WindowTriggers {
  window: WindowChoice;
}
export interface WindowData {
  chosen: [start: number, end: number][];
  compared: [start: number, end: number][];
}
export interface WindowChoice {
  index: number;
  compare: boolean;
  at: number;
}

// The review: what people added.
export interface ReviewData {
  charts: string[];
  notes: NoteData[];
  verdicts: VerdictData[];
  reviewer: string;
  mode: string;
  opened: OpenedSpan[];
  text: TextPart | null;
  done: number;
  answered: number;
  undo: string;
  redo: string;
  notice: NoticeData | null;
  version: string;
  live: string;
  coding: CodingData;
}
export interface OpenedSpan {
  id: number;
  probability: string;
}
export interface NoticeData {
  text: string;
  at: number;
}
export interface NoteData {
  id: string;
  reviewer: string;
  text: string;
  start: number;
  end: number;
  signal: number | null;
  written_at: string;
  imported: boolean;
  byline: string;
}
export interface VerdictData {
  signal: number;
  reviewer: string;
  opinion: Opinion;
  corrected: string;
  written_at: string;
  imported: boolean;
  byline: string;
  mode: string;
}
export type Opinion = "agree" | "disagree" | "unsure";
export interface TextPart {
  signal: number;
  from: number;
  next: number;
  text: string;
}
export interface ReviewTriggers {
  act: ReviewAct & { session?: string };
}
// `at` [ms] tells one act from the next; the acts that write say who does them.
export type ReviewAct = SignedAct | ClipRequest | OpenSection | ChooseMode | TextRequest | Renew;
export type SignedAct = (WritingAct | StepBack) & Signature;
export interface Signature {
  reviewer: string;
  at: number;
}
export type WritingAct = WriteNote | RemoveNote | GiveVerdict | RemoveVerdict | CodingAct;
// Of a note that is changed `before` is the text that it had; `instead` is the id of one that could not be.
export interface WriteNote {
  kind: "note";
  id: string;
  text: string;
  before?: string;
  instead?: string;
  signal: number | null;
  start: number;
  end: number;
}
export interface RemoveNote {
  kind: "remove";
  id: string;
}
export interface GiveVerdict {
  kind: "verdict";
  signal: number;
  opinion: Opinion;
  corrected: string;
  mode: string;
}
export interface RemoveVerdict {
  kind: "unjudge";
  signal: number;
}
export interface StepBack {
  kind: "undo" | "redo";
}
export interface ClipRequest {
  kind: "clip";
  signal: number;
  at: number;
}
export interface OpenSection {
  kind: "open";
  section: string;
  at: number;
}
export interface ChooseMode {
  kind: "mode";
  mode: string;
  reviewer: string;
  at: number;
}
export interface TextRequest {
  kind: "text";
  signal: number;
  from: number;
  at: number;
}

export interface Renew {
  kind: "renew";
  at: number;
}

// The spans of a review, as JSON in a hidden element: columns of equal length, and lines of the transcript.
export interface SpansPayload {
  session: string;
  digits: number;
  author: string;
  types: string[];
  spans: SpanColumns;
  counted: Record<string, number>;
  lines: TranscriptLine[];
  speakers: string[];
  shares: Record<string, SpokenShare[]>;
}
export interface SpanColumns {
  id: number[];
  type: string[];
  group: string[];
  start: number[];
  end: number[];
  length: (number | null)[];
  probability: string[];
  rationale: (string | null)[];
  modality: (string | null)[];
  flag: (string | null)[];
  draw_start: number[];
  draw_end: number[];
  characters: number[];
  cues: string[][];
  spoken_by: string[];
}
// A speaker, by the place in `speakers`, and the share of a span as text ("" where none can be said).
export type SpokenShare = [speaker: number, share: string];
export type TranscriptLine = [start: number, end: number, speaker: string, text: string];

// The data of a chart as a table, as JSON in a hidden element: of spans only their ids are sent.
export interface TablePayload {
  name: string;
  session: string;
  names: string[];
  columns: Record<string, Cell[]> | null;
  spans: number[] | null;
  units: Record<string, string>;
  numbers: string[];
  about: Record<string, Cell>;
  formula: string[];
  file: string;
}
export type Cell = string | number | boolean | null;
