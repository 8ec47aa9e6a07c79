// What Python and the browser tell each other of codes, as in `coding_protocol.py`: see protocol.ts.

// A code of a codebook.
export interface CodeData {
  name: string;
  definition: string;
  color: string;
  key: string;
  kind: "stretch" | "point";
}
export interface CodebookData {
  id: string;
  version: number;
  name: string;
  codes: CodeData[];
}
export interface CodedSpanData {
  id: string;
  coder: string;
  code: string;
  start: number;
  end: number;
  codebook: string;
  version: number;
  color: string;
  definition: string;
  kind: "stretch" | "point" | "unknown";
  byline: string;
}
export interface CodingData {
  codebook: CodebookData | null;
  spans: CodedSpanData[];
}

export type CodingAct = WriteCodedSpan | RemoveCodedSpan;
export interface WriteCodedSpan {
  kind: "code";
  id: string;
  code: string;
  start: number;
  end: number;
  codebook: string;
  version: number;
  moves: boolean;
}
export interface RemoveCodedSpan {
  kind: "uncode";
  id: string;
}
