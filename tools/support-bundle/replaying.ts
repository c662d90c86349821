import { codecOf, memoryStore, withCodec, type EventStore, type NewEvent } from '@cartage/eventsourcing';
import { changesBetween, type AnyService, type FieldChange } from '@cartage/service-kit';
import type { Bundle, BundledStream } from './bundle';
import { stateAfter } from './making';

/** What became of one aggregate here. */
export interface Replayed {
  readonly service: string;
  readonly stream: string;
  readonly events: number;
  readonly state: unknown;
  /** Where it stands otherwise than where the bundle was made: another version of the program, or a mask that made a difference. */
  readonly differences: readonly FieldChange[];
}

export interface Replay {
  readonly aggregates: readonly Replayed[];
  /** Streams of the bundle that this version of the program knows no aggregate for. */
  readonly unknown: readonly string[];
}

/** As they were stored, in whichever shape that was. */
const loadInto = async (store: EventStore, { stream, events }: BundledStream): Promise<void> => {
  const stored: readonly NewEvent[] = events.map(({ id, type, data, meta }) => ({ id, type, data, meta }));
  await store.appendMany([{ stream, expected: 0, events: stored }]);
};

const replayOne = async (service: AnyService, store: EventStore, bundled: BundledStream): Promise<Replayed | undefined> => {
  const { stream, state: before } = bundled;
  const aggregate = service.aggregates?.[stream.slice(0, stream.indexOf('-'))];
  if (!aggregate) return undefined;
  const [read] = await store.readMany([stream]);
  const events = read?.events ?? [];
  const state = stateAfter(aggregate, events);
  return { service: service.name, stream, events: events.length, state, differences: changesBetween(before, state) };
};

/** Loads a bundle into stores in memory, one for each service, and folds every aggregate anew. */
export const replayBundle = async (services: readonly AnyService[], bundle: Bundle): Promise<Replay> => {
  const aggregates: Replayed[] = [];
  const unknown: string[] = [];
  for (const [name, { streams }] of Object.entries(bundle.services)) {
    const service = services.find((each) => each.name === name);
    const memory = memoryStore();
    const store = withCodec(memory, codecOf(service?.upcasters ?? {}));
    for (const stream of streams) {
      await loadInto(memory, stream);
      const replayed = service && (await replayOne(service, store, stream));
      if (replayed) aggregates.push(replayed);
      else unknown.push(`${name} ${stream.stream}`);
    }
  }
  return { aggregates, unknown };
};
