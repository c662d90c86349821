import type { NewEvent, Write } from './event-store';
import { factsOf } from './nothing-changed';

/** A write that a preview decided on, and nobody made. */
export interface PreviewedWrite {
  readonly stream: string;
  readonly events: readonly NewEvent[];
}

/**
 * How a preview ends (`Meta.preview`): the decision is made, and what it would write stands here. It is thrown, so that nothing of what follows
 * a decision runs: no call of a provider, no read of what is not there, no second command.
 */
export class Previewed extends Error {
  override readonly name = 'Previewed';
  readonly writes: readonly PreviewedWrite[];

  constructor(
    writes: readonly Pick<Write, 'stream' | 'events'>[],
    /** The same request was carried out before: sent in earnest, it would be answered as it was then. */
    readonly repeated = false,
    /** What would be asked of the outside world, such as `carrier simulated: book`: what comes of it, nobody knows before. */
    readonly asks: readonly string[] = [],
  ) {
    super('This was a preview: nothing was written.');
    this.writes = writes.map(({ stream, events }) => ({ stream, events: factsOf(events) })).filter(({ events }) => events.length > 0);
  }
}

/** Every store calls it before it appends: whatever way a preview took, nothing of it lands. */
export const refusePreviews = (writes: readonly Write[]): void => {
  if (writes.some(({ events }) => events.some(({ meta }) => meta.preview))) throw new Previewed(writes);
};
