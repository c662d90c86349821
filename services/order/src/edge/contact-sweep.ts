import type { Clock } from '@cartage/eventsourcing';
import type { Kit, Parts } from '@cartage/service-kit';
import type { ContactIndex } from '../app/contact-index';

export interface SweepNeeds {
  readonly clock: Clock;
  readonly log: Kit['log'];
  readonly everyMs: number;
}

/** Goes through all people again and again, a slice at a time, and forgets the contacts of those who were erased. */
export const sweeping = (
  contacts: Pick<ContactIndex, 'sweep'>,
  { clock, log, everyMs }: SweepNeeds,
): Required<Pick<Parts, 'start' | 'stop'>> => {
  const stopping = new AbortController();
  let swept: Promise<void> = Promise.resolve();
  const sweep = async (): Promise<void> => {
    let seen = '';
    while (!stopping.signal.aborted) {
      try {
        seen = (await contacts.sweep(seen)) ?? '';
      } catch (error) {
        log.warn({ err: error }, 'erased people could not be looked for, which is tried again');
      }
      await clock.pause(everyMs, stopping.signal);
    }
  };
  return {
    start: async () => {
      swept = sweep();
    },
    stop: () => {
      stopping.abort();
      return swept;
    },
  };
};
