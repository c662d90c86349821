import type { Topic } from '@cartage/contracts';
import type { Logger } from 'pino';
import type { DeadLetters } from '../dead-letters';
import type { AnyListener } from '../listener';
import type { Positions } from '../positions';
import { patient, type RetryPolicy, type Subscription, type Transport } from '../transport';
import { LogGroup } from './log-group';
import type { LogReader } from './log-reader';

export interface EmbeddedTransportNeeds {
  /** Who publishes what, in this process. Shared by the transports of all its services: one reader for each log. */
  readonly sources: ReadonlyMap<Topic, LogReader>;
  /** Of the service that listens. */
  readonly positions: Positions;
  readonly deadLetters: DeadLetters;
  readonly log: Logger;
  readonly retry?: RetryPolicy;
  /** At most this many events of a group in hand at once. */
  readonly window?: number;
  readonly saveEveryMs?: number;
}

/** The messaging port without a broker: groups follow the event logs of the same process. Make one for each service that listens. */
export const embeddedTransport = ({
  sources,
  retry = patient,
  window = 500,
  saveEveryMs = 100,
  ...needs
}: EmbeddedTransportNeeds): Transport => {
  const groups = new Set<Subscription>();

  const listen = async (listener: AnyListener): Promise<Subscription> => {
    const reader = sources.get(listener.topic);
    if (!reader) throw new Error(`${listener.group} listens to ${listener.topic}, but no service in this process publishes it.`);
    const log = needs.log.child({ group: listener.group });
    const group = new LogGroup({ ...needs, listener, retry, window, saveEveryMs, log }, await needs.positions.load(listener.group));
    group.start(reader);
    groups.add(group);
    return {
      stop: async () => {
        groups.delete(group);
        await group.stop();
      },
    };
  };

  return {
    listen,
    close: async () => {
      await Promise.all([...groups].map((group) => group.stop()));
      groups.clear();
    },
  };
};
