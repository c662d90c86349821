import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { positionOf, type NewEvent, type StoredEvent, type Stream, type Write } from '@cartage/eventsourcing';
import { eventually, S3Bucket } from '@cartage/testkit';
import { archiveBucket } from '../archive/bucket';
import { archiveFolder, type ArchiveFiles } from '../archive/files';
import { keptNear } from '../archive/kept-near';
import { proofOf } from '../archive/proof';
import { SigningKey } from '../attestation/attestation';
import { attestNews, checkAllAttestations } from '../attestation/attesting';
import { archiveLog } from './archiving';
import { attestedLogIn, migrateAttestations } from './attested-log';
import type { ArchivedLog, ToArchive } from './clearing';
import { event, fixture, watching, type Fixture } from './fixture';
import { LOGGED_EVENTS, loggedEvent } from './logged-events';
import type { PostgresEventStore } from './store';

const key = SigningKey.of(Buffer.alloc(32, 1));
const needs = { key, now: () => new Date('2026-11-27T09:00:00.000Z') };

describe('a log whose old events are in files', () => {
  let its: Fixture;
  let folder: string;
  let files: ArchiveFiles;
  let store: PostgresEventStore;

  const said = (n: number, correlationId: string): NewEvent => ({
    ...event({ n, text: 'Zoë\n\u2028' }),
    meta: { commandId: `c-${n}`, correlationId, actor: 'spec', sequence: n },
  });
  const next = (stream: string, version: number): Write => ({ stream, expected: version - 1, events: [said(version, stream)] });

  /** Ten streams, whose events stand between each other's: the even ones end. */
  const written = async (): Promise<void> => {
    for (let version = 1; version <= 6; version += 1)
      await store.appendMany(Array.from({ length: 10 }, (_, n) => n).map((n) => next(`s-${n}`, version)));
    await store.appendMany([next('last-1', 1)]);
    await attestNews(attestedLogIn(its.pool, 'public'), needs);
  };

  const isEven = (stream: string): boolean => stream.startsWith('s-') && Number(stream.slice(2)) % 2 === 0;
  const archived = (isOver = isEven, where = files, more: Partial<ToArchive> = {}): Promise<ArchivedLog> =>
    archiveLog(
      { pool: its.openPool(), name: 'public', files: where, store, now: () => new Date('2028-11-27T09:00:00.000Z') },
      { before: new Date('2100-01-01T00:00:00.000Z'), isOver, ...more },
    );

  /** Everything that anybody sees of it, in another process. */
  const seen = async (from = its.openStore({ archive: files })) => {
    const streams = [...Array.from({ length: 10 }, (_, n) => `s-${n}`), 'last-1', 'none-1'];
    const whole = await from.readMany(streams);
    const followed: StoredEvent[] = [];
    const stopped = new AbortController();
    for await (const batch of from.follow({ from: '', signal: stopped.signal, batchSize: 7 })) {
      followed.push(...batch);
      if (followed.at(-1)?.position === (await from.head())) stopped.abort();
    }
    return { whole, heads: await from.heads(streams), followed, ...(await traced(from, whole)) };
  };

  /** By an id, by what they belong to, and after a version. */
  const traced = async (from: PostgresEventStore, whole: readonly Stream[]) => {
    const asked = { correlationId: 's-4', after: positionOf(15), limit: 3 };
    return {
      correlated: await from.traces?.correlated(asked),
      found: await from.traces?.find(whole[4]?.events[2]?.id ?? ''),
      ends: await from.readMany([4, 6].map((after) => ({ stream: 's-2', after }))),
    };
  };

  const rows = async (): Promise<number> => Number((await its.pool.query('select count(*)::int as n from events')).rows[0].n);
  const breaks = async () => (await checkAllAttestations(attestedLogIn(its.openPool(), 'public', files), [key.verifying])).breaks;

  beforeEach(async () => {
    its = await fixture();
    await migrateAttestations(its.pool);
    folder = mkdtempSync(join(tmpdir(), 'cartage-archive-'));
    files = archiveFolder(folder);
    store = its.openStore({ archive: files });
    await written();
    await store.appendMany([next('last-1', 2)]);
  });

  afterEach(async () => {
    await its.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is the same log for whoever reads it, and holds', async () => {
    const before = await seen();
    expect(before.followed).toHaveLength(62);
    expect(await archived()).toMatchObject({ files: [{ first: 1, last: 61, left: 30 }] });
    expect(await rows()).toBe(32);
    expect(await seen()).toEqual(before);
    expect(await breaks()).toEqual([]);
    expect(await archived()).toEqual({ log: 'public', files: [] });
    expect(await proofOf(files, key.verifying)).toMatchObject([{ log: 'public', files: 1, events: 61, breaks: [], unproven: [] }]);
  });

  it('is the same log where the files are in a bucket, and proven there', async () => {
    const bucket = new S3Bucket();
    const inBucket = archiveBucket({ ...(await bucket.start()), prefix: 'cartage/' });
    try {
      const before = await seen();
      expect(await archived(isEven, inBucket)).toMatchObject({ files: [{ first: 1, last: 61, left: 30 }] });
      expect(await rows()).toBe(32);
      expect(await seen(its.openStore({ archive: keptNear(inBucket, 1_000_000) }))).toEqual(before);
      expect(await proofOf(inBucket, key.verifying)).toMatchObject([{ events: 61, breaks: [], unproven: [] }]);
    } finally {
      await bucket.stop();
    }
  });

  it('goes on with a stream whose history is there, and lets go of it again', async () => {
    await archived();
    expect(await store.appendMany([next('s-2', 1), next('s-2', 7), next('s-4', 7)])).toMatchObject([
      { status: 'conflict' },
      { version: 7, position: positionOf(63) },
      { version: 7 },
    ]);
    const whole = await seen();
    expect(whole.whole[2]?.events.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(whole.heads[2]).toEqual({ stream: 's-2', version: 7, sequence: 7 });
    expect(whole.followed.map(({ position }) => position)).toEqual(Array.from({ length: 64 }, (_, n) => positionOf(n + 1)));
    await store.appendMany([next('last-1', 3)]);
    await attestNews(attestedLogIn(its.pool, 'public'), needs);
    await store.appendMany([next('last-1', 4)]);
    const [before, left] = [await seen(), await rows()];
    expect(await archived()).toMatchObject({ files: [{ first: 62, last: 65, left: 2 }] });
    expect(await rows()).toBe(left - 2);
    expect(await seen()).toEqual(before);
    expect(await breaks()).toEqual([]);
  });

  it('loses nothing and doubles nothing where archiving is broken off, and begun again', async () => {
    const before = await seen();
    const broken: ArchiveFiles = {
      ...files,
      write: async (name, content) => (await files.write(name, content), Promise.reject(new Error('Gone.'))),
    };
    await expect(archived(isEven, broken)).rejects.toThrow('Gone.');
    expect([await rows(), await seen()]).toEqual([62, before]);
    await expect(
      archived(() => {
        throw new Error('Killed.');
      }),
    ).rejects.toThrow('Killed.');
    expect([await rows(), await seen()]).toEqual([62, before]);
    expect(await archived()).toMatchObject({ files: [{ first: 1, last: 61, left: 30 }] });
    expect([await rows(), await seen()]).toEqual([32, before]);
  });

  it('keeps in the table what happens to a stream while it is judged', async () => {
    const judged = archived((stream) => isEven(stream));
    const racing = Array.from({ length: 10 }, (_, n) => store.appendMany([next(`s-${n}`, 7)]));
    await judged;
    expect((await Promise.all(racing)).flat().every(({ status }) => status === 'appended')).toBe(true);
    expect((await seen()).whole.slice(0, 10).map(({ events }) => events.length)).toEqual(Array.from({ length: 10 }, () => 7));
  });

  it('is followed from its beginning by whoever comes new, while it grows', async () => {
    await archived();
    const { streams, stop } = watching(store);
    await store.appendMany([next('s-0', 7)]);
    await eventually(() => expect(streams()).toHaveLength(63));
    await stop();
  });

  it('is not archived where it is not what was signed for, and shows who changes a file, or takes one away', async () => {
    await its.pool.query(`update events set data = '{}' where position = 5`);
    await expect(archived()).rejects.toThrow('Events 1 to 61 of public are not what was signed for');
    await its.pool.query(`update events set data = $1 where position = 5`, ['{"n":1,"text":"Zoë\\n\u2028"}']);
    const [file] = (await archived()).files;
    const [name, content] = [file?.file ?? '', await files.read(file?.file ?? '')];
    await files.write(name, Buffer.from('something else'));
    expect(await breaks()).toMatchObject([{ kind: 'events-changed', first: 1, last: 61 }]);
    await expect(its.openStore({ archive: files }).readMany(['s-2'])).rejects.toThrow('is not as it was written');
    rmSync(join(folder, name));
    expect(await breaks()).toMatchObject([{ kind: 'events-missing', first: 1, last: 61 }]);
    await expect(its.openStore().readMany(['s-2'])).rejects.toThrow('set LOG_ARCHIVE');
    await files.write(name, content ?? Buffer.of());
    expect(await breaks()).toEqual([]);
  });

  describe('some of whose streams never end', () => {
    const isEndless = (stream: string): boolean => stream === 's-1' || stream === 's-2';
    const excerpts = { Counted: (data: unknown) => ({ n: (data as { n: number }).n }) };
    const cut = (where = files) => archived((stream) => stream === 's-3', where, { isEndless, excerpts });

    /** As SQL of a service sees it. */
    const asked = async () => {
      const all = `select id, position, stream, version, type, data ->> 'n' as n, recorded_at from`;
      const { rows: each } = await its.pool.query(`${all} ${LOGGED_EVENTS} e order by position`);
      const { rows: one } = await its.pool.query(`${all} ${loggedEvent('$1::uuid')} e`, [each[32].id]);
      return { each, one };
    };
    const everything = async () => ({ ...(await seen()), asked: await asked() });
    const more = async (version: number): Promise<void> => {
      await store.appendMany([next('s-1', version), next('s-2', version), next('s-3', version)]);
      await attestNews(attestedLogIn(its.pool, 'public'), needs);
      await store.appendMany([next('last-1', version - 4)]);
    };

    it('lets go of what is old of them, cut after cut, while they go on, and is the same log', async () => {
      for (let version = 7; version <= 10; version += 1) {
        await more(version);
        const before = await everything();
        expect(before.asked.each).toHaveLength(62 + (version - 6) * 4);
        expect((await cut()).files.at(-1)).toMatchObject({ left: version === 7 ? 21 : 3 });
        expect(await everything()).toEqual(before);
        expect(await breaks()).toEqual([]);
      }
      expect((await its.pool.query(`select 1 from archived_stream where stream = 's-1'`)).rowCount).toBe(4);
      for (const [after, count] of [
        [0, 10],
        [5, 5],
        [6, 4],
        [8, 2],
        [10, 0],
      ] as const)
        expect((await store.readMany([{ stream: 's-1', after }]))[0]?.events).toHaveLength(count);
    });

    it('goes on where the old part is in files and the new one in the table, or nowhere', async () => {
      await more(7);
      await cut();
      expect(await store.appendMany([next('s-1', 7), next('s-1', 8)])).toMatchObject([{ status: 'conflict' }, { version: 8 }]);
      expect(await store.appendMany([next('s-1', 9)])).toMatchObject([{ version: 9 }]);
      expect((await seen()).whole[1]?.events.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(await store.heads(['s-1', 's-2'])).toMatchObject([
        { version: 9, sequence: 9 },
        { version: 7, sequence: 7 },
      ]);
    });

    it('loses nothing and doubles nothing where it is broken off between file and table', async () => {
      await more(7);
      const before = await everything();
      const killed = archived(isEven, files, {
        isEndless,
        excerpts: {
          Counted: () => {
            throw new Error('Killed.');
          },
        },
      });
      await expect(killed).rejects.toThrow('Killed.');
      expect(await everything()).toEqual(before);
      await cut();
      expect(await everything()).toEqual(before);
    });
  });
});
