import type { Named, StoredEvent } from '@cartage/eventsourcing';
import { changesOf, merge } from './merging';
import type { AnyView, Row } from './view';

/** For specs of projectors: the rows that a view shows after these events of one stream, from its first. What a projector cares for may be given with them. */
export const rowsAfter = (view: AnyView, events: readonly (Named & Partial<StoredEvent>)[]): readonly Row[] => {
  const stored = events.map((event, i): StoredEvent => ({
    id: `event-${i + 1}`,
    stream: 'stream-1',
    version: i + 1,
    position: String(i + 1).padStart(16, '0'),
    recordedAt: '2026-01-01T00:00:00.000Z',
    meta: { commandId: `command-${i + 1}`, correlationId: 'correlation-1', actor: 'spec' },
    ...event,
  }));
  return merge(view, changesOf(view, stored, statesOf(view, stored))).flatMap((each) =>
    each.kind === 'put' ? [{ ...each.row, ...each.deltas }] : [],
  );
};

const statesOf = ({ fold }: AnyView, events: readonly StoredEvent[]): ReadonlyMap<object, readonly unknown[]> => {
  if (!fold) return new Map();
  let state: unknown = fold.initial;
  return new Map([[fold, events.map((event) => (state = fold.evolve(state, event)))]]);
};
