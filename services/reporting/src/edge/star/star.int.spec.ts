import { contracts, policyEvents, Topics, type Envelope, type PolicyEvent, type PublicEvent } from '@cartage/contracts';
import { eventually, sampleOf } from '@cartage/testkit';
import fc from 'fast-check';
import { Client } from 'pg';
import { star } from '../../domain/star';
import { startReporting, type RunningReporting } from '../reporting.fixture';
import { generationOf, surrogateOf } from './definition';
import { deliveries, extractedFrom, repriced, story, toldOf } from './events.fixture';
import { prepareStar, showStar } from './generations';
import { instant, livedOnce, shuffled, skuOf, titleAt, toldOfItems } from './history.fixture';
import { publicNames } from './names';
import { starIn } from './postgres-star';

jest.setTimeout(120_000);

let reporting: RunningReporting;
let pool: RunningReporting['pool'];
const first = generationOf('1');

beforeAll(async () => {
  reporting = await startReporting();
  pool = reporting.pool;
});

afterAll(() => reporting.close());

const contentsOf = async (generation: string): Promise<Readonly<Record<string, unknown>>> => {
  const tables: Record<string, unknown> = {};
  for (const { name, key } of star) {
    const { rows } = await pool.query<Record<string, unknown>>(`select * from ${name}_${generation} order by ${key.join(', ')}`);
    tables[name] = rows;
  }
  return tables;
};

const tell = async (generation: string, batches: readonly (readonly Envelope[])[]): Promise<void> => {
  const kept = starIn(pool, generation);
  for (const batch of batches) await kept.keep(batch.map(extractedFrom));
};

describe('the star', () => {
  it('is the same in whatever order topics come, in whatever batches, and however often', async () => {
    await tell(first, [story()]);
    const expected = await contentsOf(first);
    expect(Object.entries(expected).filter(([, rows]) => (rows as readonly unknown[]).length === 0)).toEqual([]);
    let run = 0;
    await fc.assert(
      fc.asyncProperty(deliveries(story()), async (batches) => {
        const generation = generationOf(`property-${(run += 1)}`);
        await prepareStar(pool, generation);
        await tell(generation, batches);
        expect(await contentsOf(generation)).toEqual(expected);
      }),
      { numRuns: 6 },
    );
  });

  it('counts an event once that two processes take at the same time', async () => {
    const generation = generationOf('race');
    await prepareStar(pool, generation);
    await Promise.all([tell(generation, [story()]), tell(generation, [story()]), tell(generation, [story()])]);
    expect(await contentsOf(generation)).toEqual(await contentsOf(first));
    const { rows } = await pool.query(
      'select sum(events)::int as events, sum(repeats)::int as repeats from progress where generation = $1',
      [generation],
    );
    expect(rows).toEqual([{ events: story().length, repeats: 2 * story().length }]);
  });

  it('notes what is missing, and forgets it when it comes', async () => {
    const generation = generationOf('gap');
    await prepareStar(pool, generation);
    const orders = story().filter(({ topic }) => topic === 'order.events');
    const [one, two, ...rest] = orders;
    if (!one || !two) throw new Error('The story is too short.');
    await tell(generation, [[one, ...rest]]);
    const missing = `select subject, sequence::int from missing_event_${generation}`;
    expect((await pool.query(missing)).rows).toEqual([{ subject: 'story', sequence: 2 }]);
    await tell(generation, [[two], [two]]);
    expect((await pool.query(missing)).rows).toEqual([]);
  });

  it.each([
    ['in one batch', (all: readonly Envelope[]) => [all]],
    ['one by one', (all: readonly Envelope[]) => all.map((each) => [each])],
  ])('knows no date and no price list that was taken back, and no cost of a label that was voided: told %s', async (how, batches) => {
    const generation = generationOf(`taken back ${how}`);
    await prepareStar(pool, generation);
    const { deliverBy: _, ...moved } = sampleOf('PromiseMoved');
    const group = { orderId: moved.orderId, shipGroupId: moved.shipGroupId };
    const dates = { shipBy: '2026-11-24T22:00:00.000Z', deliverBy: '2026-11-26T22:00:00.000Z' };
    const orders = toldOf(
      Topics.order,
      { type: 'PromiseMade', data: { ...sampleOf('PromiseMade'), ...group, ...dates } },
      { type: 'PromiseMoved', data: moved },
      { type: 'DeadlineMissed', data: { ...sampleOf('DeadlineMissed'), ...group } },
      ...repriced(),
    );
    const bought = sampleOf('LabelPurchased');
    const { shipmentId, orderId, fulfillmentId, location, carrier } = bought;
    const voided = { shipmentId, orderId, fulfillmentId, location, carrier, labelId: bought.labelId, currency: 'GBP', cost: 345 };
    const wayBack = sampleOf('ReturnLabelPurchased');
    const labels = toldOf(
      Topics.shipping,
      { type: 'LabelPurchased', data: bought },
      { type: 'LabelPurchased', data: { ...bought, labelId: orderId, cost: 500 } },
      { type: 'LabelVoided', data: { ...voided, voidedAt: '2026-11-23T10:00:00.000Z' } },
      { type: 'ReturnLabelPurchased', data: wayBack },
      { type: 'ReturnLabelPurchased', data: { ...wayBack, labelId: orderId, cost: 500 } },
      { type: 'ReturnLabelVoided', data: { ...sampleOf('ReturnLabelVoided'), returnId: wayBack.returnId, cost: wayBack.cost } },
    );
    await tell(generation, [...batches(orders), ...batches(labels)]);
    const promises = await pool.query(`select ship_by, deliver_by, moves::int from fact_promise_${generation}`);
    expect(promises.rows).toEqual([{ ship_by: null, deliver_by: null, moves: 1 }]);
    const lists = `select line_id, policy_key::text, policy_version from fact_order_line_${generation} order by line_id`;
    const sold = [
      { line_id: '1', policy_key: null, policy_version: null },
      { line_id: '2', policy_key: surrogateOf('prices/friday-2026'), policy_version: '3' },
    ];
    expect((await pool.query(lists)).rows).toEqual(sold);
    const shipments = await pool.query(`select label_cost::int, labels::int from fact_shipment_${generation}`);
    expect(shipments.rows).toEqual([{ label_cost: 500, labels: 2 }]);
    const returns = await pool.query(`select label_cost::int, labels::int from fact_return_${generation}`);
    expect(returns.rows).toEqual([{ label_cost: 500, labels: 2 }]);
    await tell(generation, [orders, labels]);
    expect((await pool.query(`select ship_by from fact_promise_${generation}`)).rows).toEqual([{ ship_by: null }]);
    expect((await pool.query(lists)).rows).toEqual(sold);
  });

  it('keeps no price list that was taken back while another topic waited to count units of its line', async () => {
    const generation = generationOf('two topics');
    await prepareStar(pool, generation);
    const line = `fact_order_line_${generation}`;
    await tell(generation, [toldOf(Topics.order, ...repriced().slice(0, 1))]);
    const { orderId } = sampleOf('OrderPlaced');
    const other = await pool.connect();
    await other.query('begin');
    await other.query(`update ${line} set policy_key = null, policy_version = null where line_id = '1'`);
    const counted = tell(generation, [
      toldOf(Topics.returns, { type: 'ReturnReceived', data: { ...sampleOf('ReturnReceived'), orderId } }),
    ]);
    await eventually(async () => {
      const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like $1`;
      expect((await pool.query(waiting, [`insert into "${line}"%`])).rowCount).toBe(1);
    });
    await other.query('commit');
    other.release();
    await counted;
    const { rows } = await pool.query(`select returned_units::int, policy_version from ${line} where line_id = '1'`);
    expect(rows).toEqual([{ returned_units: 2, policy_version: null }]);
  });

  it('has a meaning for every table and column', async () => {
    const { rows } = await pool.query<{ relation: string; column: string }>(
      `select c.relname as relation, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
       where c.relnamespace = 'reporting'::regnamespace and c.relkind = 'v' and coalesce(col_description(c.oid, a.attnum), '') = ''`,
    );
    expect(rows).toEqual([]);
  });

  it('keeps nobody’s own name of a customer, and shows nothing of the machinery to whoever reads it', async () => {
    const reader = `reader_${first}`;
    await pool.query(`drop role if exists ${reader}`);
    await pool.query(`create role ${reader} login password 'reads'`);
    await showStar(pool, { generation: generationOf('race'), reader });
    const url = new URL(reporting.database.url);
    url.username = reader;
    url.password = 'reads';
    const client = new Client({ connectionString: url.toString() });
    await client.connect();
    try {
      const { rows } = await client.query<{ n: number }>('select count(*)::int as n from reporting.fact_order_line');
      expect(rows[0]?.n).toBeGreaterThan(0);
      await expect(client.query('select * from reporting.events')).rejects.toThrow('permission denied');
      await expect(client.query('delete from reporting.dim_customer')).rejects.toThrow('permission denied');
    } finally {
      await client.end();
      await pool.query(`drop owned by ${reader}; drop role ${reader}`);
    }
  });
});

describe('what something was', () => {
  /** As its public name would show it, of a star that is not shown. */
  const historyIn = (generation: string, view: string): string =>
    `(${publicNames(generation).find((each) => each.view === view)?.sql ?? ''})`;
  let run = 0;
  const filled = async (batches: readonly (readonly Envelope[])[]): Promise<string> => {
    const generation = generationOf(`history-${(run += 1)}`);
    await prepareStar(pool, generation);
    await tell(generation, batches);
    return generation;
  };

  it('is the same version for a fact, under the same key, in whatever order all of it comes', () =>
    fc.assert(
      fc.asyncProperty(fc.array(livedOnce, { minLength: 12, maxLength: 12 }), async (lives) => {
        const events = toldOfItems(lives);
        const [inOrder, inAny] = [await filled([events.flat()]), await filled(shuffled(events, lives))];
        const rowsOf = async (generation: string): Promise<readonly unknown[]> =>
          (await pool.query(`select * from ${historyIn(generation, 'dim_product_history')} h order by sku, revision nulls first`)).rows;
        expect(await rowsOf(inAny)).toEqual(await rowsOf(inOrder));
        const described = await pool.query<{ sku: string; category: string | null }>(
          `select sku, category from dim_product_${inAny} order by sku collate "C"`,
        );
        const last = lives.map(({ changes }, item) => ({ sku: skuOf(item), category: changes.length % 2 === 0 ? null : 'gifts' }));
        expect(described.rows).toEqual(last.toSorted((one, other) => (one.sku < other.sku ? -1 : 1)));
        const { rows } = await pool.query<{ sku: string; at: Date; title: string | null }>(
          `select h.sku, m.happened_at as at, h.title from fact_stock_movement_${inAny} m
           join ${historyIn(inAny, 'dim_product_history')} h using (product_key) where m.happened_at >= h.valid_from and m.happened_at < h.valid_to`,
        );
        const expected = lives.flatMap((lived, item) =>
          lived.movements.map((at) => `${skuOf(item)} ${instant(at)} ${titleAt(skuOf(item), lived, at)}`),
        );
        expect(rows.map(({ sku, at, title }) => `${sku} ${at.toISOString()} ${title}`).toSorted()).toEqual(expected.toSorted());
      }),
      { numRuns: 2 },
    ));

  it('ends where the next begins: a decision finds the rules that were in force, and a rule that was put back holds twice', async () => {
    const activated = (version: string, minute: number) => ({
      type: 'RulesActivated' as const,
      data: { rulesId: 'routing', version, activatedAt: instant(60 * minute) },
    });
    const brokered = { ...sampleOf('FulfillmentBrokered'), rules: 'routing@1', brokeredAt: instant(60 * 6) };
    const generation = await filled([
      toldOf(Topics.fulfillment, activated('1', 1), activated('2', 3), activated('1', 5), { type: 'FulfillmentBrokered', data: brokered }),
    ]);
    const history = historyIn(generation, 'dim_policy_history');
    const { rows } = await pool.query<{ version: string | null; from: string; until: string; now: boolean }>(
      `select version, to_json(valid_from) #>> '{}' as from, to_json(valid_to) #>> '{}' as until, is_current as now from ${history} h order by valid_from`,
    );
    expect(rows.map(({ version, now }) => [version, now])).toEqual([
      [null, false],
      ['1', false],
      ['2', false],
      ['1', true],
    ]);
    expect(rows.slice(0, -1).map(({ until }) => until)).toEqual(rows.slice(1).map(({ from }) => from));
    const joined = await pool.query(
      `select d.rules, p.policy || '@' || p.version as held from fact_routing_decision_${generation} d
       join ${history} p on p.policy_key = d.policy_key and d.brokered_at >= p.valid_from and d.brokered_at < p.valid_to`,
    );
    expect(joined.rows).toEqual([{ rules: 'routing@1', held: 'routing@1' }]);
  });

  it('begins where nobody knows of it yet, of every kind of policy: told in any order, and however often, it is the same history', async () => {
    const asTold = (type: PolicyEvent['type'] | 'PriceListChanged') => {
      const { topic } = contracts.find((each) => each.type === type) ?? {};
      if (!topic) throw new Error(`${type} has no contract.`);
      return toldOf(topic, { type, data: sampleOf(type) } as PublicEvent).map((each) => ({ ...each, subject: type }));
    };
    const told = [...policyEvents.map(({ type }) => type), 'PriceListChanged' as const].map(asTold);
    const [inOrder, inAny] = [await filled(told), await filled([told.toReversed().flat(), ...told])];
    const rowsOf = async (generation: string) =>
      (
        await pool.query<Readonly<Record<string, unknown>>>(
          `select * from ${historyIn(generation, 'dim_policy_history')} h order by policy, revision nulls first`,
        )
      ).rows;
    const rows = await rowsOf(inAny);
    expect(rows).toEqual(await rowsOf(inOrder));
    expect(rows.map(({ kind, policy, version, active }) => [kind, policy, version, active])).toEqual(
      [
        ['calendar', 'calendar/GB', '2'],
        ['carriers', 'carriers', '2'],
        ['prices', `prices/${sampleOf('PriceListChanged').list}`, String(sampleOf('PriceListChanged').revision)],
        ['promise', 'promise/standard-gb', '3'],
        ['returns', 'returns', '2026-winter'],
        ['template', 'template/order-confirmation.email.de', '2'],
        ['verification', 'verification', '2'],
      ].flatMap(([kind, policy, version]) => [
        [kind, policy, null, null],
        [kind, policy, version, true],
      ]),
    );
  });
});

describe('a star that is made anew', () => {
  it('takes the names over when it has heard as much, and not before', async () => {
    const generation = generationOf('later');
    await prepareStar(pool, generation);
    const shown = { generation, reader: 'nobody' };
    expect(await showStar(pool, shown)).toBe(false);
    await tell(generation, [story().slice(1)]);
    expect(await showStar(pool, shown)).toBe(false);
    await tell(generation, [story().slice(0, 1)]);
    expect(await showStar(pool, shown)).toBe(true);
    const { rows } = await pool.query(`select pg_get_viewdef('fact_order'::regclass) as shows`);
    expect(JSON.stringify(rows)).toContain(`fact_order_${generation}`);
  });
});

describe('rates of exchange', () => {
  const post = async (csv: string) => {
    const response = await fetch(`${reporting.url}/reporting/rates/import?source=ECB`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv', 'idempotency-key': `rates-${csv.length}` },
      body: csv,
    });
    return { status: response.status, body: (await response.json()) as unknown };
  };
  const inEuro = async (amount: number, currency: string, day: string): Promise<unknown> =>
    (await pool.query<{ it: string | null }>(`select amount_in($1, $2, 'EUR', $3) as it`, [amount, currency, day])).rows[0]?.it;

  it('come as a file of the European Central Bank, and hold from their day on', async () => {
    const file = 'Date,USD,JPY,GBP,\n2026-11-27,1.25,160,N/A,\n2026-11-26,1.00,160,0.80,\n27/11/2026,1,1,1,\n';
    expect(await post(file)).toMatchObject({
      status: 200,
      body: { records: 3, changed: 5, unchanged: 0, rejected: 1, errors: [{ line: 4, field: 'Date', code: 'DATE_INVALID' }] },
    });
    expect(await inEuro(1_250, 'USD', '2026-11-28')).toBe('1000');
    expect(await inEuro(1_250, 'USD', '2026-11-26')).toBe('1250');
    expect(await inEuro(160, 'JPY', '2026-11-27')).toBe('100');
    expect(await inEuro(80, 'GBP', '2026-11-27')).toBe('100');
    expect(await inEuro(100, 'EUR', '1999-01-01')).toBe('100');
    expect(await inEuro(100, 'USD', '2026-12-24')).toBeNull();
    expect(await inEuro(100, 'CHF', '2026-11-27')).toBeNull();
  });
});
