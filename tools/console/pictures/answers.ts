/** What the services answered a page, so that its picture shows the same wherever and whenever it is taken. */
export interface Recorded {
  /** When: for the page it is always then. */
  readonly at: string;
  /** Of the page, behind `/console`. */
  readonly path: string;
  readonly answers: readonly Answer[];
}

export interface Answer {
  /** Method and address, as `GET /orders?limit=50`. */
  readonly asked: string;
  readonly status: number;
  readonly body?: unknown;
}

const withoutQuery = (asked: string): string => asked.replace(/\?.*$/, '');

/** What was answered to this; or to the same path, where that was asked in one way only: a page that asks for a few more rows is no other page. */
export const answerTo = ({ answers }: Recorded, asked: string): Answer | undefined => {
  const exact = answers.find((answer) => answer.asked === asked);
  if (exact) return exact;
  const [one, ...others] = answers.filter((answer) => withoutQuery(answer.asked) === withoutQuery(asked));
  return others.length === 0 ? one : undefined;
};

/** In the order of the address, each once: the order in which a page asks is nobody's. */
export const sorted = (answers: readonly Answer[]): readonly Answer[] =>
  [...new Map(answers.map((answer) => [answer.asked, answer])).values()].sort((one, other) => (one.asked < other.asked ? -1 : 1));
