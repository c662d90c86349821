import type { Readings } from '@cartage/service-kit';
import type { FactLog } from '../app/fact-log';

export interface Counted {
  readonly behind: () => Promise<number>;
  readonly statesBehind: () => Promise<number>;
  /** Who follows the stream in this process. */
  readonly clients: () => number;
}

/** How much was heard, what waits for the beginning of its journal, how far behind the topics of journals and states are, and how many follow. */
export const subscriptionReadings =
  (facts: Pick<FactLog, 'head' | 'waiting'>, { behind, statesBehind, clients }: Counted) =>
  async (): Promise<Readings> => {
    const of = (value: number) => [{ labels: { service: 'subscriptions' }, value }];
    const [waiting, head] = await Promise.all([facts.waiting(), facts.head()]);
    return {
      subscriptionFacts: of(head),
      journalWaiting: of(waiting),
      journalBehind: of(await behind()),
      statesBehind: of(await statesBehind()),
      streamClients: of(clients()),
    };
  };
