/** What a request is for, as the operator's log names it. Addresses may hold the key or an upload's secret. */
export type Call =
  | 'look-up'
  | 'upload'
  | 'submission'
  | 'question for an upload address'
  | 'poll'
  | 'question for the quota';

export interface Answer {
  status: number;
  /** Without a single byte. */
  isEmpty: boolean;
  /** The parsed JSON; undefined when it is none. */
  body: unknown;
  /** In ms, when the service asks to wait. */
  retryAfter: number | undefined;
}
