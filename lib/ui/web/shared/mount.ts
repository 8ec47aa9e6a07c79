// How Streamlit mounts a script.
export interface Mounted<Data, Triggers = Record<never, never>> {
  data: Data;
  parentElement: HTMLElement;
  setTriggerValue: SetTrigger<Triggers>;
}
export type SetTrigger<Triggers> = <Name extends keyof Triggers & string>(
  name: Name,
  value: Triggers[Name],
) => void;
