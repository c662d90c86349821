import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codecOf, type Named, type StoredEvent, type Upcasters } from '@cartage/eventsourcing';

/** The samples of a service's stored events: one file for each type and version that was ever written, `<Type>.v<version>.json`, with its `data`. */
export interface GoldenSamples<Event extends Named> {
  /** The types that there are, in the order of the alphabet. */
  readonly types: readonly string[];
  /** The sample of the newest shape, as it is read today. */
  of<Type extends Event['type']>(type: Type): StoredEvent<Extract<Event, { readonly type: Type }>>;
  /** The samples of all shapes, the oldest first, as they are read today. */
  all<Type extends Event['type']>(type: Type): readonly StoredEvent<Extract<Event, { readonly type: Type }>>[];
}

const FILE = /^(?<type>.+)\.v(?<version>\d+)\.json$/;

const storedAs = (type: string, schemaVersion: number, data: unknown): StoredEvent => ({
  type,
  data,
  id: '0199a3c4-7b1e-7c3d-9f2a-00000000e001',
  stream: 'golden',
  version: 1,
  position: '0000000000000001',
  recordedAt: '2026-11-23T12:00:00.000Z',
  meta: { commandId: 'c', correlationId: 'c', actor: 'golden', sequence: 1, ...(schemaVersion === 1 ? {} : { schemaVersion }) },
});

/**
 * Reads the samples through the service's upcasters. Throws when a version has none, or when one is there that nothing writes or reads: what was
 * stored once must be understood for ever.
 */
export const goldenSamples = <Event extends Named>(folder: string, upcasters: Upcasters = {}): GoldenSamples<Event> => {
  const { decode } = codecOf(upcasters);
  const files = readdirSync(folder).toSorted();
  const types = [...new Set(files.map((file) => FILE.exec(file)?.groups?.['type'] ?? file))];
  const versionsOf = (type: string): readonly number[] =>
    (upcasters[type] ?? []).map((_, i) => i + 1).concat((upcasters[type] ?? []).length + 1);
  const expected = [...new Set([...types, ...Object.keys(upcasters)])].flatMap((type) => versionsOf(type).map((n) => `${type}.v${n}.json`));
  const differing = [...new Set([...files, ...expected])].filter((file) => files.includes(file) !== expected.includes(file));
  if (differing.length > 0) throw new Error(`Golden samples that are missing, or that nothing reads: ${differing.join(', ')}.`);

  const all: GoldenSamples<Event>['all'] = (type) =>
    versionsOf(type).map((n) => {
      const data: unknown = JSON.parse(readFileSync(join(folder, `${type}.v${n}.json`), 'utf8'));
      return decode(storedAs(type, n, data)) as StoredEvent<Extract<Event, { readonly type: typeof type }>>;
    });
  return {
    types,
    all,
    of: (type) => {
      const newest = all(type).at(-1);
      if (!newest) throw new Error(`There is no sample of ${type}.`);
      return newest;
    },
  };
};
