import { sampleOf, testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { Auditing } from '../app/auditing';
import { Findings } from '../app/findings';
import type { Heard } from '../domain/book';
import { minute, orderId, wholeLife } from '../domain/life.fixture';
import { auditReadings } from './audit-readings';
import { findingTableIn } from './finding-table';
import { migrationStatements } from './migrations/1764600000000-books';
import { shelfIn } from './postgres-shelf';

let database: TestDatabase;
let pool: Pool;
let time = minute(0);
const now = (): Date => new Date(time);

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ connectionString: database.url });
  for (const statement of migrationStatements) await pool.query(statement);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

beforeEach(async () => {
  time = minute(100);
  await pool.query('truncate book, finding, heard_topic, heard_minute');
});

const auditing = (): Auditing => new Auditing({ shelf: shelfIn(pool, now), now });
const findings = (): Findings => new Findings({ table: findingTableIn(pool), shelf: shelfIn(pool, now), now });
const hearAll = (events: readonly Heard[], by = auditing()): Promise<unknown> => Promise.all(events.map((event) => by.hear(event)));
const open = async (): Promise<readonly string[]> =>
  (await findings().list({ open: true }, undefined, 100)).map(({ kind, rule }) => `${kind} ${rule}`);
const life = wholeLife(sampleOf);
const issue = life.find(({ type }) => type === 'StockIssued') as Heard;
const unissued = life.filter((event) => event !== issue);

/** Long after whatever was heard: nothing that is old holds the judging back. */
const later = (minutes: number): void => {
  time = minute(minutes);
};

describe('books in Postgres', () => {
  it('are the same when several processes hear everything at once, each in another order', async () => {
    await Promise.all([hearAll(life), hearAll(life.toReversed()), hearAll([...life.slice(7), ...life.slice(0, 7)])]);
    later(10_000);
    expect(await auditing().look()).toBe(0);
    expect(await open()).toEqual([]);
    const { expectations, heard } = await findings().order(orderId);
    expect(new Set(expectations.map(({ standing }) => standing))).toEqual(new Set(['met']));
    expect(heard.reduce((sum, { events }) => sum + events, 0)).toBe(life.length);
  });

  it('name what is missing once its time is over, and close it when it comes, as late', async () => {
    await hearAll(unissued);
    later(200);
    await auditing().look();
    expect(await open()).toEqual(['missing dispatch-is-issued']);
    await hearAll([{ ...issue, time: minute(201) }]);
    const [closed] = await findings().list({ open: false, orderId }, undefined, 100);
    expect(closed).toMatchObject({
      rule: 'dispatch-is-issued',
      late: true,
      cameType: 'StockIssued',
      closedAt: expect.any(String),
      closedBy: null,
    });
    expect(await open()).toEqual([]);
  });

  it('judge nothing that is younger than what is being heard', async () => {
    await hearAll(unissued);
    later(101);
    expect(await auditing().look()).toBe(0);
    expect(await open()).toEqual([]);
    later(104);
    await auditing().look();
    expect(await open()).toEqual(['missing dispatch-is-issued']);
  });

  it('name what is doubled at once; whatever a person closed stays closed', async () => {
    const again = life
      .filter(({ type }) => type === 'PaymentCaptured')
      .map((event) => ({ ...event, id: '0199a3c4-7b1e-7c3d-9f2a-0000000000ff', sequence: 3 }));
    await hearAll([...life, ...again]);
    expect(await open()).toContain('doubled capture-is-made-once');
    const [doubled] = await findings().list({ kind: 'doubled' }, undefined, 1);
    const closing = { findingId: doubled?.findingId ?? '', by: 'ada', reason: 'Given back by hand.' };
    expect(await findings().close(closing)).toMatchObject({ closedBy: 'ada', reason: closing.reason });
    expect(await findings().close(closing)).toMatchObject({ closedBy: 'ada' });
    await expect(findings().close({ ...closing, reason: 'Another one.' })).rejects.toMatchObject({ code: 'FINDING_CLOSED' });
    later(10_000);
    await hearAll(again);
    await auditing().look();
    expect(await open()).not.toContain('doubled capture-is-made-once');
  });

  it('keep counters only of what was settled long ago, and know a repetition by them', async () => {
    await hearAll(life);
    const { forget } = shelfIn(pool, now);
    expect(await forget(minute(10), 100)).toBe(0);
    expect(await forget(minute(100), 100)).toBe(1);
    expect(await forget(minute(100), 100)).toBe(0);
    await hearAll(life);
    later(10_000);
    await auditing().look();
    expect(await open()).toEqual([]);
    expect(await findings().order(orderId)).toMatchObject({ forgotten: true, expectations: [] });
  });

  it('are counted for the metrics', async () => {
    await hearAll(unissued);
    later(200);
    await auditing().look();
    const readings = await auditReadings(pool, now)();
    const of = (name: 'auditFindings' | 'auditFacts' | 'auditAwaited' | 'auditFindingsOldest', label: string, value: string) =>
      readings[name]?.find(({ labels }) => labels[label] === value)?.value;
    expect(of('auditFindings', 'kind', 'missing')).toBe(1);
    expect(of('auditFindings', 'kind', 'doubled')).toBe(0);
    expect(of('auditFindingsOldest', 'kind', 'missing')).toBe((200 - 16) * 60);
    expect(of('auditFacts', 'topic', 'shipping.events')).toBe(5);
    expect(of('auditAwaited', 'service', 'audit')).toBeGreaterThan(0);
  });
});
