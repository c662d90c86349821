import type { Relay } from '@cartage/eventsourcing';
import type { Check } from '../health/health';
import type { Parts } from '../service';

/** A receiver that cannot be reached is no reason to turn requests away: what it is to be told waits. */
export const relayCheck = (name: string, relays: () => readonly Relay[]): Check => ({
  name,
  vital: false,
  look: async () => {
    const troubles = relays().flatMap(({ trouble }) => trouble ?? []);
    const error = troubles.map(({ receiver, since, message }) => `${receiver} cannot be told since ${since}: ${message}`).join('; ');
    return { detail: { receivers: relays().length, troubles }, error: error === '' ? undefined : error };
  },
});

/** Runs them from start to stop. */
export const relaying = (relays: readonly Relay[], ready: () => Promise<unknown>): Required<Pick<Parts, 'start' | 'stop'>> => {
  const stopping = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  return {
    start: async () => {
      await ready();
      running = Promise.all(relays.map((relay) => relay.run(stopping.signal)));
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};
