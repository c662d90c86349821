import type { ToArchive } from '@cartage/event-store';
import { factsOf, fold, type StoredEvent } from '@cartage/eventsourcing';
import type { AnyService, EndingStream } from '../service';

type Rules = Pick<AnyService, 'aggregates' | 'over' | 'endless' | 'excerpts'>;

const wordOf = (stream: string): string => stream.slice(0, stream.indexOf('-'));

const endingOf = ({ aggregates = {}, over = {} }: Rules, word: string): EndingStream | undefined => {
  const rule = Object.hasOwn(over, word) ? over[word] : undefined;
  if (typeof rule !== 'function') return rule;
  const aggregate = Object.hasOwn(aggregates, word) ? aggregates[word] : undefined;
  return aggregate && { initial: aggregate.initial, evolve: aggregate.evolve, isOver: rule };
};

const isOver = (service: Rules, stream: string, events: readonly StoredEvent[]): boolean => {
  const ending = endingOf(service, wordOf(stream));
  if (!ending || events.length === 0) return false;
  const evolve = ending.evolve as (state: unknown, event: StoredEvent) => unknown;
  return (ending.isOver as (state: unknown) => boolean)(fold({ initial: ending.initial, evolve }, factsOf(events)));
};

/** What of a service's log leaves its table, and what is kept of that there, by what the service says of its streams. */
export const whatLeaves = (service: Rules): Required<Pick<ToArchive, 'isOver' | 'isEndless' | 'excerpts'>> => ({
  isOver: (stream, events) => isOver(service, stream, events),
  isEndless: (stream) => (service.endless ?? []).includes(wordOf(stream)),
  excerpts: service.excerpts ?? {},
});
