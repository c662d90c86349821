/** What is counted: the events of a subject on its topic, or those of an order in the journal. */
export interface Counted {
  readonly topic: string;
  readonly subject: string;
  /** From 1, without gaps. */
  readonly sequence: number;
}

/** Events between the last one that was taken and the one that came. Whatever came after them was not taken. */
export class EventsMissing extends Error {
  override readonly name = 'EventsMissing';
  readonly first: number;
  readonly last: number;

  constructor(
    readonly topic: string,
    readonly subject: string,
    { first, last }: { readonly first: number; readonly last: number },
  ) {
    const which = first === last ? `event ${first} is` : `events ${first} to ${last} are`;
    const fix =
      'They were lost on your side, or cut off by the retention of the topic: get them from the journal of the order or from a backup, then go on.';
    super(`${topic}, ${subject}: ${which} missing; ${last + 1} came. ${fix}`);
    this.first = first;
    this.last = last;
  }
}

/** Whether it is the next one after the last that was taken (0: none yet), or was taken before. Throws `EventsMissing` where there is a gap between them. */
export const isNext = (last: number, { topic, subject, sequence }: Counted): boolean => {
  if (sequence <= last) return false;
  if (sequence > last + 1) throw new EventsMissing(topic, subject, { first: last + 1, last: sequence - 1 });
  return true;
};
