import { randomUUID } from 'node:crypto';
import type { Meta } from '@cartage/eventsourcing';
import { testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { WorkDesk, type WorkAsked } from '../app/work-desk';
import { migrationStatements } from './migrations/1764700000000-work';
import { resolvedStatements } from './migrations/1764800000000-work-resolved';
import { forgettableWork, workTableIn } from './work-table';

let database: TestDatabase;
let pool: Pool;
let time: Date;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ connectionString: database.url });
  for (const statement of [...migrationStatements, ...resolvedStatements]) await pool.query(statement);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

beforeEach(async () => {
  time = new Date('2026-11-28T12:00:00.000Z');
  await pool.query('truncate item_work, work_entry, work_request');
});

const DAY_MS = 86_400_000;
const inDays = (days: number): string => new Date(time.getTime() + days * DAY_MS).toISOString();
const desk = (): WorkDesk => new WorkDesk(workTableIn(pool), () => time);
const item = { queue: 'holds', key: 'order-1' };
const metaOf = (actor: string, more: Partial<Meta> = {}): Meta => ({
  commandId: randomUUID(),
  correlationId: randomUUID(),
  actor,
  ...more,
});
const take: WorkAsked = { type: 'AssignWork', data: { assignee: 'anna' } };
const snooze = (days: number): WorkAsked => ({ type: 'SnoozeWork', data: { until: inDays(days), reason: 'Not before then.' } });
const note = (text: string): WorkAsked => ({ type: 'NoteWork', data: { text } });

type Sender = Partial<Meta & { readonly key: string; readonly ifVersion: number }>;
const send = (asked: WorkAsked, { actor = 'anna', key = item.key, ifVersion, ...more }: Sender = {}) =>
  desk().send({ ...item, key, meta: metaOf(actor, more), ifVersion }, asked);
const keysOf = async (filter: Parameters<WorkDesk['list']>[0]) => (await desk().list(filter, undefined, 10)).map(({ key }) => key);

describe('the work of an item', () => {
  it('is nobody’s before somebody does something about it', async () =>
    expect(await desk().get(item)).toEqual({
      ...{ ...item, version: 0, assignee: null, snoozedUntil: null, snoozeReason: null, notes: 0, changedAt: null },
    }));

  it('stands as the last who changed it left it, and says who did what, the latest first', async () => {
    await send(take);
    await send(note('Called; nobody there.'), { actor: 'ben' });
    const { item: left } = await send(snooze(2));
    expect(left).toEqual({
      ...{ ...item, version: 3, assignee: 'anna', snoozedUntil: inDays(2), snoozeReason: 'Not before then.', notes: 1 },
      changedAt: time.toISOString(),
    });
    const at = time.toISOString();
    const history = await desk().history(item, undefined, 10);
    expect(history).toEqual([
      { version: 3, kind: 'WorkSnoozed', by: 'anna', at, assignee: null, until: inDays(2), what: null, text: 'Not before then.' },
      { version: 2, kind: 'WorkNoted', by: 'ben', at, assignee: null, until: null, what: null, text: 'Called; nobody there.' },
      { version: 1, kind: 'WorkAssigned', by: 'anna', at, assignee: 'anna', until: null, what: null, text: null },
    ]);
    expect((await desk().history(item, 3, 1)).map(({ version }) => version)).toEqual([2]);
  });

  it('is changed by one after the other, whoever comes at once', async () => {
    await Promise.all(Array.from({ length: 12 }, (_, i) => send(note(`${i}`), { actor: `of-${i}` })));
    expect(await desk().get(item)).toMatchObject({ version: 12, notes: 12 });
    expect(new Set((await desk().history(item, undefined, 20)).map(({ text }) => text)).size).toBe(12);
  });

  it('is left as it is for who speaks of another version', async () => {
    await send(take, { ifVersion: 0 });
    await expect(send(take, { actor: 'ben', ifVersion: 0 })).rejects.toMatchObject({ code: 'VERSION_MISMATCH' });
    expect(await desk().get(item)).toMatchObject({ assignee: 'anna', version: 1 });
  });

  it('that was refused leaves nothing behind, and the key of the request can be used again', async () => {
    const commandId = randomUUID();
    await expect(send(snooze(31), { commandId })).rejects.toMatchObject({ code: 'SNOOZE_TOO_LONG' });
    expect(await send(take, { commandId })).toMatchObject({ repeated: false, item: { version: 1 } });
  });
});

describe('an item that was dealt with', () => {
  it('says by whom, how and why, and is nobody’s should it wait again', async () => {
    await send(take);
    const what = 'queues.deed.retry';
    const { item: after } = await send({ type: 'ResolveWork', data: { what, reason: 'The bank is there again.' } }, { actor: 'ben' });
    expect(after).toMatchObject({ assignee: null, version: 2 });
    const [resolved] = await desk().history(item, undefined, 1);
    expect(resolved).toMatchObject({ kind: 'WorkResolved', by: 'ben', what, text: 'The bank is there again.' });
  });
});

describe('the same request', () => {
  it('is done once, also where it would do something again, and is another’s by no key', async () => {
    const same = { commandId: randomUUID(), fingerprint: 'take' };
    expect(await send(take, same)).toMatchObject({ repeated: false });
    await send({ type: 'LetWorkGo', data: {} });
    expect(await send(take, same)).toMatchObject({ repeated: true, item: { assignee: null, version: 2 } });
    await expect(send(take, { ...same, fingerprint: 'other' })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('is done once by those who send it at once', async () => {
    const same = { commandId: randomUUID(), fingerprint: 'note' };
    const answers = await Promise.all([send(note('Once.'), same), send(note('Once.'), same), send(note('Once.'), same)]);
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(await desk().get(item)).toMatchObject({ notes: 1 });
  });
});

describe('the list of what people have in hand', () => {
  it('is narrowed down by who works on it and what sleeps, page by page', async () => {
    await send(take, { key: 'a' });
    await send(snooze(1), { key: 'b' });
    await send(note('Looked at.'), { key: 'c' });
    await send({ type: 'LetWorkGo', data: {} }, { key: 'd' });
    expect(await keysOf({})).toEqual(['a', 'b', 'c']);
    expect(await keysOf({ assignee: 'anna' })).toEqual(['a']);
    expect(await keysOf({ snoozed: true })).toEqual(['b']);
    expect(await keysOf({ queue: 'holds', snoozed: false })).toEqual(['a', 'c']);
    expect(await keysOf({ queue: 'shortages' })).toEqual([]);
    expect((await desk().list({}, { ...item, key: 'a' }, 1)).map(({ key }) => key)).toEqual(['b']);
    time = new Date(inDays(2));
    expect(await keysOf({ snoozed: true })).toEqual([]);
  });
});

describe('what nobody has touched for long', () => {
  it('is forgotten with all that was written about it, but not while it sleeps', async () => {
    await send(note('Her name is Ada.'), { key: 'old' });
    await send(snooze(20), { key: 'asleep' });
    const [items, requests] = forgettableWork(pool, 10);
    time = new Date(inDays(11));
    await send(take, { key: 'new' });
    const before = inDays(-10);
    expect(await items?.forget(before, 10)).toBe(1);
    expect((await pool.query('select key from work_entry order by key')).rows).toEqual([{ key: 'asleep' }, { key: 'new' }]);
    expect(await requests?.forget(inDays(-7), 10)).toBe(2);
    time = new Date(inDays(20));
    expect(await items?.forget(inDays(-10), 10)).toBe(2);
    expect(await items?.forget(inDays(-10), 10)).toBe(0);
  });
});
