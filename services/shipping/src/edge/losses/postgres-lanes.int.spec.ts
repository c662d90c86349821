import { tableOf } from '@cartage/views';
import { testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import type { Scorecard } from '../../app/scorecards';
import { auditFinding } from '../../app/views/audit-finding';
import { carrierInvoiceLine } from '../../app/views/carrier-invoice-line';
import { carrierOutcome } from '../../app/views/carrier-outcome';
import { carrierParcel } from '../../app/views/carrier-parcel';
import { labelQuote } from '../../app/views/label-quote';
import { carrierClaim } from '../../app/views/claims';
import { shipmentSummary } from '../../app/views/shipment-summary';
import { Lanes1764320000000 } from '../migrations/1764320000000-lanes';
import { CarrierLearner } from '../../domain/carrier-learner';
import { CarrierModel1764490000000 } from '../migrations/1764490000000-carrier-model';
import { Registers1763900000000 } from '../migrations/1763900000000-registers';
import { carrierFactLog, comparedCarriers, foretoldOfCarriers, learnedSince } from '../reports/postgres-learned';
import { reportShelf } from '../reports/postgres-reports';
import { pastQuotes } from '../reports/postgres-quotes';
import { scorecardShelf } from '../reports/postgres-scorecards';
import { laneOutcomes, laneShelf } from './postgres-lanes';

let database: TestDatabase;
let pool: Pool;
const now = new Date('2026-11-27T12:00:00.000Z');
const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const daysAgo = (days: number): string => new Date(now.getTime() - days * 86_400_000).toISOString();

interface Row {
  readonly n: number;
  readonly country?: string | null;
  readonly status?: string;
  readonly dispatched: number;
  readonly delivered?: number;
  readonly scanned?: number;
  readonly lost?: boolean;
}
const add = ({ n, country = 'GB', status = 'in-transit', dispatched, delivered, scanned, lost = false }: Row) =>
  pool.query(
    `insert into ${tableOf(shipmentSummary)}
       (shipment_id, order_id, location, country, carrier, service, status, dispatched_at, delivered_at, last_scan_at, lost_at)
     values ($1, $1, 'LDN', $2, 'simulated', 'standard', $3, $4, $5, $6, $7)`,
    [
      ...[id(n), country, delivered === undefined ? status : 'delivered', daysAgo(dispatched)],
      ...[delivered, scanned].map((days) => (days === undefined ? null : daysAgo(days))),
      lost ? daysAgo(0) : null,
    ],
  );

beforeAll(async () => {
  database = await testDatabase();
  const source = await new DataSource({
    type: 'postgres',
    url: database.url,
    migrations: [Registers1763900000000, Lanes1764320000000, CarrierModel1764490000000],
  }).initialize();
  await source.runMigrations();
  await source.destroy();
  pool = new Pool({ connectionString: database.url, max: 2 });
  for (const view of [shipmentSummary, carrierParcel, carrierClaim, carrierInvoiceLine, auditFinding, labelQuote, carrierOutcome]) {
    const columns = Object.entries(view.columns).map(([name, { type }]) => `${name} ${type.replace(' not null', '')}`);
    await pool.query(`create table ${tableOf(view)} (${columns.join(', ')})`);
  }
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

it('learns from our own deliveries what a lane takes, and knows what is late by it, by default, and of what nothing is heard', async () => {
  // 20 deliveries to GB in two days each; to FR too few to say anything.
  for (let n = 0; n < 20; n += 1) await add({ n, dispatched: 12, delivered: 10 });
  await add({ n: 30, country: 'FR', dispatched: 12, delivered: 11 });
  await add({ n: 40, dispatched: 3, scanned: 1 });
  await add({ n: 41, dispatched: 1 });
  await add({ n: 42, country: 'FR', dispatched: 3 });
  await add({ n: 43, country: null, dispatched: 15 });
  await add({ n: 44, dispatched: 40, lost: true });
  await add({ n: 45, status: 'returned', dispatched: 40 });
  const shelf = laneShelf(pool, 10);
  const stuck = async (page = { limit: 9 }) => shelf.stuck({}, page, now);

  expect((await stuck()).map(({ shipmentId }) => shipmentId)).toEqual([id(43)]);
  await shelf.learn(now);
  expect(await stuck()).toMatchObject([
    { shipmentId: id(43), country: null, usualDays: 10, deliveries: 0, overdueDays: 5, lastScanAt: null },
    { shipmentId: id(40), usualDays: 2, deliveries: 20, overdueDays: 1, lastScanAt: daysAgo(1), dispatchedAt: daysAgo(3) },
  ]);
  const [first] = await stuck({ limit: 1 });
  const after = [first?.dispatchedAt ?? '', first?.shipmentId ?? ''] as const;
  expect((await shelf.stuck({}, { limit: 9, after }, now)).map(({ shipmentId }) => shipmentId)).toEqual([id(40)]);
  expect(await shelf.stuck({ carrier: 'other' }, { limit: 9 }, now)).toEqual([]);
  expect(await shelf.silentSince(new Date(daysAgo(2)), 9)).toEqual([id(43), id(42)]);

  // What is not delivered there any more is forgotten.
  await shelf.learn(new Date(now.getTime() + 200 * 86_400_000));
  expect((await pool.query('select * from lane')).rows).toEqual([]);
});

describe('promises', () => {
  const due = (n: number, { at = 'LDN', by = 5, came }: { readonly at?: string; readonly by?: number; readonly came?: number }) =>
    pool.query(
      `insert into ${tableOf(shipmentSummary)} (shipment_id, order_id, location, country, carrier, service, status, deliver_by, delivered_at)
       values ($1, $1, $2, 'DE', 'post', 'standard', 'delivered', $3, $4)`,
      [id(n), at, daysAgo(by), came === undefined ? null : daysAgo(came)],
    );
  const period = { from: daysAgo(30), to: daysAgo(0) };

  it('are kept, early, late by days or missed, by lane, carrier, location or week', async () => {
    // On the day, two days early, half a day and four days late, never; another place on time; one that is not due yet.
    for (const [n, came] of [5.5, 7, 4.5, 1, undefined].entries()) await due(100 + n, came === undefined ? {} : { came });
    await due(110, { at: 'MAN', came: 5 });
    await due(111, { by: -3, came: 1 });
    const shelf = reportShelf(pool);
    const [ldn, man, ...more] = await shelf.promises({ ...period, by: 'lane' });
    expect(more).toEqual([]);
    expect(ldn).toEqual({
      ...{ location: 'LDN', country: 'DE', carrier: 'post', service: 'standard', week: null },
      ...{ promised: 5, early: 1, onTime: 1, late: 2, missed: 1, keptPercent: 40 },
      ...{ lateByDays: { one: 1, two: 0, three: 0, fourOrMore: 1 }, medianDaysLate: 2.3 },
    });
    expect(man).toMatchObject({ location: 'MAN', promised: 1, onTime: 1, keptPercent: 100, medianDaysLate: null });
    expect(await shelf.promises({ ...period, by: 'carrier' })).toMatchObject([{ carrier: 'post', location: null, promised: 6 }]);
    expect(await shelf.promises({ ...period, by: 'week' })).toMatchObject([{ week: '2026-11-16', promised: 6 }]);
    expect(await shelf.promises({ ...period, by: 'location', location: 'MAN' })).toHaveLength(1);
    expect(await shelf.promises({ ...period, by: 'country', country: 'GB' })).toEqual([]);
    expect(await shelf.promises({ ...period, by: 'service', carrier: 'vans' })).toEqual([]);
  });
});

describe('scorecards of carriers', () => {
  interface Parcel {
    readonly n: number;
    readonly country?: string;
    readonly service?: string;
    readonly sent?: number;
    readonly came?: number;
    readonly promised?: number;
    readonly quotedDays?: number;
    readonly failed?: number;
    readonly damaged?: boolean;
    readonly lost?: boolean;
    readonly back?: boolean;
    readonly currency?: string;
    readonly cost?: number;
    readonly quoted?: number;
  }
  const at = (days?: number) => (days === undefined ? null : daysAgo(days));
  const plain = { country: 'DE', service: 'standard', sent: 20, failed: 0, damaged: false, lost: false, back: false, currency: 'EUR' };
  const parcel = (given: Parcel, { n, country, service, sent, ...of } = { ...plain, ...given }) =>
    pool.query(
      `insert into ${tableOf(carrierParcel)} (label_id, parcel_id, shipment_id, order_id, carrier, service, location, country, postal_area, weight_grams, dispatched_at,
         delivered_at, promised_at, quoted_days, failed_attempts, damaged, lost, went_back, currency, cost, quote_currency, quoted, unused)
       values ($1, '1', $1, $1, 'dhl', $2, 'BER', $3, '10', 2000, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, false)`,
      [
        ...[id(n), service, country, at(sent), at(of.came), at(of.promised), of.quotedDays ?? null, of.failed],
        ...[of.damaged, of.lost, of.back, of.currency, of.cost ?? null],
        ...[of.quoted === undefined ? null : 'EUR', of.quoted ?? null],
      ],
    );
  const shelf = () => scorecardShelf(pool, 10);
  const shelfOf = (at: Date) => ({ learn: () => laneShelf(pool, 10).learn(at) });
  const period = { from: daysAgo(60), to: daysAgo(0) };
  const cards = (by: 'lane' | 'carrier' | 'service' | 'countries' | 'area', more = {}): Promise<readonly Scorecard[]> =>
    shelf().scorecards({ ...period, by, each: 'whole', ...more }, 100, now);

  it('count what was promised and quoted, how long it took, what failed and what it cost, by lane, country, service and week', async () => {
    await pool.query(
      `insert into location (location, name, country, latitude, longitude, revision) values ('BER', 'Berlin', 'DE', 52, 13, 1)`,
    );
    // In time in two days; late in six, at the second attempt; back; lost; broken on its way; stuck; sent today.
    await parcel({ n: 200, came: 18, promised: 17, quotedDays: 2, cost: 500, quoted: 400 });
    await parcel({ n: 201, came: 14, promised: 15, quotedDays: 6, failed: 1, cost: 700, quoted: 600 });
    await parcel({ n: 202, promised: 15, failed: 3, back: true, currency: 'USD', cost: 900, quoted: 900 });
    await parcel({ n: 203, promised: 15, lost: true });
    await parcel({ n: 204, damaged: true, came: 18 });
    await parcel({ n: 205, quotedDays: 3 });
    await parcel({ n: 206, sent: 1, promised: -2, quotedDays: 3 });
    await parcel({ n: 207, country: 'FR', service: 'express', sent: 10, came: 9 });
    await parcel({ n: 208, sent: 90, came: 89 });
    const claims = [
      [203, 'lost', 0],
      [204, 'damaged', 4_000],
    ] as const;
    for (const [n, reason, accepted] of claims)
      await pool.query(
        `insert into ${tableOf(carrierClaim)} (claim_id, shipment_id, parcel_id, reason, accepted) values ($1, $1, '1', $2, $3)`,
        [...[id(n), reason, accepted]],
      );

    const [german, french, ...more] = await cards('lane');
    expect(more).toEqual([]);
    expect(german).toEqual({
      ...{ carrier: 'dhl', service: 'standard', location: 'BER', originCountry: 'DE', country: 'DE', postalArea: null, period: null },
      ...{ parcels: 7, delivered: 3, promiseDue: 4, onTimePercent: 25, transitDue: 3, onTransitPercent: 66.7 },
      ...{ transitDaysP50: 2, transitDaysP90: 5.2, firstAttemptPercent: 50, notDelivered: 2, returned: 1 },
      ...{ lost: 1, damaged: 1, stuck: 1, claims: 2, claimsWon: 1 },
      ...{ billed: 0, billedOtherwisePercent: null, billedOtherwise: [] },
      costs: [
        { currency: 'EUR', parcels: 2, cost: 1_200, perParcel: 600, perKg: 300, quotedParcels: 2, quoted: 1_000, overQuotePercent: 20 },
        { currency: 'USD', parcels: 1, cost: 900, perParcel: 900, perKg: 450, quotedParcels: 0, quoted: 0, overQuotePercent: null },
      ],
    });
    expect(french).toMatchObject({
      service: 'express',
      country: 'FR',
      promiseDue: 0,
      onTimePercent: null,
      firstAttemptPercent: 100,
      costs: [],
    });
    expect(await cards('carrier')).toMatchObject([{ carrier: 'dhl', service: null, country: null, parcels: 8 }]);
    expect(await cards('countries', { country: 'FR' })).toMatchObject([{ originCountry: 'DE', country: 'FR', location: null }]);
    expect(await cards('area', { service: 'express' })).toMatchObject([{ postalArea: '10', parcels: 1 }]);
    expect(await cards('service', { each: 'week' })).toMatchObject([
      { service: 'standard', period: '2026-11-02', parcels: 6 },
      { service: 'express', period: '2026-11-16', parcels: 1 },
      { service: 'standard', period: '2026-11-23', parcels: 1 },
    ]);
    expect(await cards('lane', { location: 'MUC' })).toEqual([]);
    expect(await cards('lane', { carrier: 'ups' })).toEqual([]);

    // Of the German ones all but the one that may still come; one of them kept, and the broken one not.
    await shelfOf(now).learn();
    expect(await laneOutcomes(pool)()).toEqual([
      { location: 'BER', country: 'DE', carrier: 'dhl', service: 'standard', parcels: 7, kept: 2 },
      { location: 'BER', country: 'FR', carrier: 'dhl', service: 'express', parcels: 1, kept: 1 },
    ]);
    await shelfOf(new Date(now.getTime() + 200 * 86_400_000)).learn();
    expect(await laneOutcomes(pool)()).toEqual([]);
  });
});

it('past quotes are those of a period, the newest first', async () => {
  const quoted = (n: number, days: number) =>
    pool.query(
      `insert into ${tableOf(labelQuote)} (label_id, order_id, location, channel, method, priority, parcel_grams, lines, offers, quoted_at)
       values ($1, $1, 'LDN', $2, 'ship', 'expedited', '[900]', '[]', $3, $4)`,
      [id(n), n === 302 ? null : 'web', JSON.stringify([{ carrier: 'post', chosen: true }]), daysAgo(days)],
    );
  for (const [n, days] of [3, 2, 1].entries()) await quoted(300 + n, days);
  const quotes = (limit: number) => pastQuotes(pool)({ from: daysAgo(2), to: daysAgo(0) }, limit);
  expect(await quotes(9)).toEqual([
    {
      ...{ labelId: id(302), orderId: id(302), location: 'LDN', country: '', method: 'ship', priority: 'expedited' },
      ...{ parcelGrams: [900], lines: [], offers: [{ carrier: 'post', chosen: true }] },
    },
    expect.objectContaining({ labelId: id(301), channel: 'web' }),
  ]);
  expect(await quotes(1)).toHaveLength(1);
});

describe('what is learned of carriers', () => {
  const put = (row: Readonly<Record<string, unknown>>) =>
    pool.query(
      `insert into ${tableOf(carrierOutcome)} (${Object.keys(row).join(', ')}) values (${Object.keys(row).map((_, n) => `$${n + 1}`)})`,
      Object.values(row),
    );
  const ended = (n: number, carrier: string, end: string, daysLate: number) =>
    put({
      ...{ position: `p${n}`, recorded_at: daysAgo(1), step: 'ended', label_id: id(n), location: 'LDN', country: 'GB' },
      ...{ carrier, service: 'standard', ended: end, days_late: daysLate },
    });
  const chosen = (n: number, decidedBy: string, learned: string) =>
    put({
      ...{ position: `c${n}`, recorded_at: daysAgo(3), step: 'chosen', label_id: id(n), decided_by: decidedBy, currency: 'GBP' },
      ...{ baseline_carrier: 'post', baseline_service: 'standard', baseline_cost: 300, baseline_expected: 500 },
      ...{ learned_carrier: learned, learned_service: 'standard', learned_cost: 420, learned_expected: 430, allows: 25, spends: 0 },
      ...{ late_day_cost: 100, lost_cost: 5_000 },
    });

  it('is read in the order of the log, kept as far as it came, and begun anew where the log is another one', async () => {
    await chosen(401, 'policy', 'vans');
    await chosen(402, 'learned', 'vans');
    await chosen(403, 'learned', 'post');
    await chosen(404, 'policy', 'vans');
    await ended(401, 'post', 'delivered', 2);
    await ended(402, 'vans', 'delivered', 0);
    await ended(403, 'post', 'lost', 0);
    const log = carrierFactLog(pool);
    const learner = new CarrierLearner();
    for (const fact of await log.after('', 9)) learner.learn(fact);
    expect(learner.position).toBe('p403');
    expect(learner.model.all.counts).toEqual({ parcels: 3, late: 1, lost: 1 });
    expect(learner.model.accounts).toEqual([['GBP', { allowed: 100, spent: 0 }]]);
    expect(await log.after('p402', 9)).toMatchObject([{ position: 'p403', step: 'ended', carrier: 'post', end: 'lost' }]);

    expect(await log.kept()).toBeUndefined();
    await log.keep(learner.model);
    await log.keep({ ...learner.model, position: 'p402' });
    expect(await log.kept()).toEqual(learner.model);
  });

  it('is compared with what the policy chooses: what both cost, and what became of those that went so', async () => {
    expect(await comparedCarriers(pool)({ from: daysAgo(9), to: daysAgo(0) })).toEqual([
      {
        ...{ currency: 'GBP', labels: 4, decidedByLearned: 2, agreed: 1 },
        baseline: { cost: 1_200, expected: 2_000, ended: 2, late: 1, lost: 1 },
        learned: { cost: 1_680, expected: 1_720, ended: 2, late: 0, lost: 1 },
      },
    ]);
    expect(await comparedCarriers(pool)({ from: daysAgo(2), to: daysAgo(0) })).toEqual([]);
  });

  it('is laid month by month beside what lateness and loss came to, by the service that a label really went by', async () => {
    // 401 by post: 200 foretold, two days late; 402 by vans: 10, in time; 403 by post, as both would have it: 10, lost. 404 is on its way.
    expect(await foretoldOfCarriers(pool)()).toEqual([
      { month: daysAgo(3).slice(0, 7), currency: 'GBP', labels: 3, foretold: expect.closeTo(220 / 3), happened: expect.closeTo(5_200 / 3) },
    ]);
    expect(await learnedSince(pool)()).toBe(daysAgo(1).slice(0, 10));
  });
});
