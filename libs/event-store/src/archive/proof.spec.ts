import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { linkOf, SigningKey, UNLINKED, type Attestation } from '../attestation/attestation';
import { digestOf, digestOfEvents, packed, type KeptEvent } from './chapter';
import type { ArchiveFiles } from './files';
import { CHAPTER_FORMAT } from './manifest';
import { proofOf } from './proof';

const key = SigningKey.of(Buffer.alloc(32, 5));
const other = SigningKey.of(Buffer.alloc(32, 6));

const eventAt = (position: number): KeptEvent => ({
  ...{ position, stream: `order-${position % 3}`, version: position, sequence: position, id: `e-${position}`, type: 'OrderPlaced' },
  ...{ recordedAt: '2026-11-28T12:00:00.000Z', data: `{"n": ${position}}`, meta: '{}' },
});
const between = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => eventAt(first + i));
const padded = (position: number): string => String(position).padStart(16, '0');

const startOf = (before: Attestation | undefined) => ({ first: (before?.last ?? 0) + 1, previous: before ? linkOf(before) : UNLINKED });

const attestationAfter = (before: Attestation | undefined, log: string, size: number): Attestation => {
  const { first, previous } = startOf(before);
  const last = first + size - 1;
  const digest = digestOfEvents(between(first, last));
  return key.attest({ log, first, last, digest, previous, attestedAt: '2026-11-28T12:00:00.000Z' });
};

/** One file of these attestations, and what stands beside it. */
const filesOf = (log: string, attestations: readonly Attestation[]): readonly (readonly [string, Buffer])[] => {
  const [first, last] = [Math.min(...attestations.map((each) => each.first)), Math.max(...attestations.map((each) => each.last))];
  const content = packed(between(first, last));
  const name = `${log}/${padded(first)}-${padded(last)}-${digestOfEvents(between(first, last)).slice(0, 16)}`;
  const manifest = { format: CHAPTER_FORMAT, log, first, last, events: last - first + 1, digest: digestOf(content), attestations };
  return [
    [`${name}.ndjson.gz`, content],
    [`${name}.json`, Buffer.from(JSON.stringify(manifest))],
  ];
};

const inMemory = (there: Map<string, Buffer>): ArchiveFiles => ({
  place: 'memory',
  read: async (name) => there.get(name),
  write: async (name, content) => void there.set(name, content),
  list: async () => [...there.keys()].toSorted(),
});

/** Files of a log, so many events under each attestation, and so many attestations in each file. */
const archiveOf = (chapters: readonly (readonly number[])[], log = 'orders') => {
  const there = new Map<string, Buffer>();
  let before: Attestation | undefined;
  for (const sizes of chapters) {
    const attestations = sizes.map((size) => (before = attestationAfter(before, log, size)));
    for (const [name, content] of filesOf(log, attestations)) there.set(name, content);
  }
  return { there, files: inMemory(there), names: () => [...there.keys()].toSorted() };
};

type Change = (events: readonly KeptEvent[], at: number) => readonly KeptEvent[];

const changes: Readonly<Record<string, Change>> = {
  changed: (events, at) => events.map((event, i) => (i === at ? { ...event, data: '{"n": 0}' } : event)),
  'left out': (events, at) => events.filter((_, i) => i !== at),
  'put in': (events, at) => events.flatMap((event, i) => (i === at ? [event, { ...event, id: 'x' }] : [event])),
};

/** Changes one of the files, and mends the digest beside it. */
const tamper = ({ there, names }: ReturnType<typeof archiveOf>, where: number, change: Change): void => {
  const contents = names().filter((name) => name.endsWith('.gz'));
  const name = contents[where % contents.length] ?? '';
  const [, from = '1', to = '1'] = /(\d{16})-(\d{16})/.exec(name) ?? [];
  const events = between(Number(from), Number(to));
  const content = packed(change(events, where % events.length));
  const manifestName = name.replace('ndjson.gz', 'json');
  const manifest = JSON.parse(String(there.get(manifestName))) as object;
  there.set(name, content).set(manifestName, Buffer.from(JSON.stringify({ ...manifest, digest: digestOf(content) })));
};

const proven = (files: ArchiveFiles, by = key) => proofOf(files, by.verifying);

describe('archived files by themselves', () => {
  it('prove each log from its first event on, and say up to which', async () => {
    const [orders, returns] = [archiveOf([[3, 2], [4]]), archiveOf([[7]], 'returns')];
    for (const [name, content] of returns.there) orders.there.set(name, content);
    orders.there.set('README.txt', Buffer.from('of nobody'));
    expect(await proven(orders.files)).toMatchObject([
      { log: 'orders', files: 2, attestations: 3, events: 9, breaks: [], unproven: [], last: { last: 9 } },
      { log: 'returns', files: 1, attestations: 1, events: 7, breaks: [], unproven: [], last: { last: 7 } },
    ]);
  });

  it('prove nothing by the key of another', async () =>
    expect(await proven(archiveOf([[2]]).files, other)).toMatchObject([{ breaks: [{ kind: 'not-signed', first: 1, last: 2 }] }]));

  it('show a file that is gone, and the one without which nothing is known of it', async () => {
    const gone = archiveOf([[2], [3], [1]]);
    const [manifest = '', content = ''] = gone.names().slice(2, 4);
    gone.there.delete(content);
    expect(await proven(gone.files)).toMatchObject([
      { unproven: [{ file: content, why: 'missing' }], breaks: [{ kind: 'events-missing', first: 3, last: 5 }] },
    ]);
    const lost = archiveOf([[2], [3], [1]]);
    lost.there.delete(manifest);
    expect(await proven(lost.files)).toMatchObject([
      { unproven: [{ file: content, why: 'no-manifest' }], breaks: [{ kind: 'not-linked', first: 6, last: 6 }] },
    ]);
  });

  it('show a manifest that cannot be read, or whose attestations do not hold the whole file', async () => {
    for (const broken of ['{', '[]', 'null', JSON.stringify({ format: CHAPTER_FORMAT, first: 1, last: 2, digest: '', attestations: [] })]) {
      const archive = archiveOf([[2]]);
      const name = archive.names().find((each) => each.endsWith('.json')) ?? '';
      archive.there.set(name, Buffer.from(broken));
      expect(await proven(archive.files)).toMatchObject([{ events: 0, unproven: [{ file: name, why: 'manifest-unreadable' }] }]);
    }
  });

  it.each([
    ['no archive', Buffer.from('no archive')],
    ['without events', gzipSync('null\n{"position":2}\n')],
  ])('show a file that is %s, although its digest is the one that is told', async (_, noArchive) => {
    const archive = archiveOf([[2]]);
    const [content = '', manifestName = ''] = archive.names().toReversed();
    const manifest = JSON.parse(String(archive.there.get(manifestName))) as object;
    archive.there.set(content, noArchive);
    archive.there.set(manifestName, Buffer.from(JSON.stringify({ ...manifest, digest: digestOf(noArchive) })));
    expect(await proven(archive.files)).toMatchObject([
      { unproven: [{ file: content, why: 'changed' }], breaks: [{ kind: 'events-missing', first: 1, last: 2 }] },
    ]);
  });

  it('count once what a run that was broken off left beside a longer file', async () => {
    const [longer, shorter] = [archiveOf([[3, 2], [4]]), archiveOf([[3]])];
    for (const [name, content] of shorter.there) longer.there.set(name, content);
    expect(await proven(longer.files)).toMatchObject([{ files: 2, events: 9, breaks: [], unproven: [] }]);
  });

  it('hold as they were written, and never with an event that was changed, left out or put in, whoever mends their digest', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
        fc.nat(),
        fc.constantFrom(...Object.values(changes)),
        async (sizes, where, change) => {
          const archive = archiveOf(sizes);
          expect((await proven(archive.files))[0]).toMatchObject({ breaks: [], unproven: [] });
          tamper(archive, where, change);
          const found = (await proven(archive.files)).flatMap(({ breaks, unproven }) => [...breaks, ...unproven]);
          expect(found).not.toEqual([]);
        },
      ),
      { numRuns: 60 },
    ));
});
