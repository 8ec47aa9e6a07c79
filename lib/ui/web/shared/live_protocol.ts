// Part of protocol.ts: what tells of others.

// What an open review tells the app every few seconds, and what it hears back.
export interface LiveReport {
  reviewer: string;
  editing: string;
  leaving?: boolean;
}
export interface LiveAnswer {
  version: string;
  viewers: ViewerData[];
}
export interface ViewerData {
  name: string;
  editing: string;
}
