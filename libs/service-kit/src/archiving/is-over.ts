import { factsOf, fold, type StoredEvent } from '@cartage/eventsourcing';
import type { AnyService } from '../service';

/** Whether one of a service's streams is over, by what the service says of such. */
export const overBy =
  ({ aggregates = {}, over = {} }: Pick<AnyService, 'aggregates' | 'over'>) =>
  (stream: string, events: readonly StoredEvent[]): boolean => {
    const word = stream.slice(0, stream.indexOf('-'));
    const [aggregate, isOver] = [
      Object.hasOwn(aggregates, word) ? aggregates[word] : undefined,
      Object.hasOwn(over, word) ? over[word] : undefined,
    ];
    if (!aggregate || !isOver || events.length === 0) return false;
    const evolve = aggregate.evolve as (state: unknown, event: StoredEvent) => unknown;
    return (isOver as (state: unknown) => boolean)(fold({ initial: aggregate.initial, evolve }, factsOf(events)));
  };
