import { tableOf } from '@cartage/views';
import { riskOutcome } from '../../app/views/risk-outcome';
import { MATURE_DAYS } from '../../domain/risk-learner';
import { paymentService, type PaymentService } from '../payment-service.fixture';
import { riskFactLog } from '../risk/postgres-learned';

let service: PaymentService;
beforeAll(async () => {
  service = await paymentService();
});
afterAll(() => service.close());

const draft = async (change: object) => {
  const { body } = await service.get('/verification-rules/1');
  return { rules: { ...(body['rules'] as object), ...change }, note: 'Tried on last week.' };
};

describe('verification rules over HTTP', () => {
  it('begin as the settings say, are drafted, tried on past orders, activated and put back, and each verdict names its version', async () => {
    const first = await service.place({ method: 'card' }, 250_000);
    await service.until(first, { status: 'under-review' });
    expect((await service.get(`/${first}/verdict`)).body).toMatchObject({ verdict: { rules: '1', score: 55 } });

    const drafted = await service.post('/verification-rules', await draft({ highValue: [{ currency: 'GBP', amount: 500_000 }] }));
    expect(drafted).toMatchObject({ status: 201, body: { version: '2', inForce: false, by: 'api', activations: [] } });
    const { body: tried } = await service.eventually(async () => {
      const answer = await service.get('/verification-rules/2/trial');
      expect(answer.body).toMatchObject({ orders: 1 });
      return answer;
    });
    expect(tried).toMatchObject({
      shifts: [{ from: 'review', to: 'accept', orders: 1, money: [{ currency: 'GBP', amount: 250_000 }] }],
      examples: [{ orderId: first, scoreBefore: 55, scoreNow: 0 }],
    });
    expect((await service.get('/verification-rules/2/trial?to=2001-01-01T00:00:00Z')).body).toMatchObject({ orders: 0, shifts: [] });

    const activated = await service.post('/verification-rules/2/activation', { note: 'Fewer doubts.' });
    expect(activated).toMatchObject({
      status: 200,
      body: { version: '2', inForce: true, activations: [{ by: 'api', note: 'Fewer doubts.' }] },
    });
    const second = await service.place({ method: 'card' }, 250_000);
    await service.until(second, { status: 'authorized' });
    expect((await service.get(`/${second}/verdict`)).body).toMatchObject({ verdict: { rules: '2', decision: 'accept' } });

    expect(await service.post('/verification-rules/rollback', { note: 'Too lenient.' })).toMatchObject({
      status: 200,
      body: { version: '1', inForce: true },
    });
    const { rows } = await service.pool.query(`select sequence::int from events where type = 'RulesActivated' order by position`);
    expect(rows.map(({ sequence }) => sequence as unknown)).toEqual([1, 2, 3]);
    const third = await service.place({ method: 'card' }, 250_000);
    await service.until(third, { status: 'under-review' });
    expect((await service.get('/verification-rules?limit=1')).body).toMatchObject({
      items: [{ version: '2', inForce: false }],
      next: expect.any(String) as string,
    });
  });

  it.each([
    ['a rule that there is not', { weights: { nothing: 1 } }, 'rules.weights', 'RULES_INVALID'],
    ['a weight that is no number', { weights: { 'high-value': 'heavy' } }, 'rules.weights', 'WEIGHTS_INVALID'],
    [
      'an area of a country without areas',
      { exceptions: [{ countries: ['SG'], change: { cod: { excludedAreas: ['SG-1'] } } }] },
      '',
      'RULES_INVALID',
    ],
  ])('refuse %s', async (_, change, field, code) => {
    const { status, body } = await service.post('/verification-rules', await draft(change));
    expect([status, JSON.stringify(body)]).toEqual([422, expect.stringContaining(code)]);
    if (code === 'WEIGHTS_INVALID') expect(body).toMatchObject({ errors: [{ field, code }] });
  });

  it('of another version are not known', async () => {
    expect(await service.get('/verification-rules/99')).toMatchObject({ status: 404, body: { code: 'RULES_UNKNOWN' } });
    expect((await service.get('/verification-rules/99/trial')).status).toBe(404);
    expect((await service.post('/verification-rules/99/activation', { note: 'n' })).status).toBe(404);
  });
});

describe('a review that nobody decides', () => {
  it('is escalated when its time is over, and stays in the queue', async () => {
    const orderId = await service.place({ method: 'card' }, 250_000);
    await service.until(orderId, { status: 'under-review' });
    await service.eventually(async () => {
      await service.passDeadlines();
      const { body } = await service.get('/reviews?limit=200');
      expect(body.items?.find((row) => row['orderId'] === orderId)).toMatchObject({
        escalatedAt: expect.any(String) as string,
        decideBy: expect.any(String) as string,
      });
    });
  });
});

describe('what is learned of the risk of orders', () => {
  const TABLE = tableOf(riskOutcome);
  const othersOlder = (orderId: string, days: number) =>
    service.pool.query(`update ${TABLE} set recorded_at = recorded_at - $2 * interval '1 day' where order_id <> $1`, [orderId, days]);
  const wrong = (orderId: string, position: string, step: 'wrong' | 'undone', days: number) =>
    service.pool.query(
      `insert into ${TABLE} (position, recorded_at, order_id, step, outcome, subject)
       select $2, recorded_at + $4 * interval '1 day', order_id, $3, 'chargeback', 'c-1' from ${TABLE} where order_id = $1 and step = 'judged'`,
      [orderId, position, step, days],
    );
  const shown = (orderId: string) =>
    service.eventually(async () => {
      const { rows } = await service.pool.query(`select step from ${TABLE} where order_id = $1 order by position`, [orderId]);
      expect(rows).toEqual([{ step: 'judged' }, { step: 'taken' }]);
    });

  it('waits until an order is old enough by the log, hears what went wrong in time, and passes over nobody', async () => {
    // One after the other: the log has them in the order in which they were judged.
    const judged = async (method: string): Promise<string> => {
      const orderId = await service.place({ method });
      await shown(orderId);
      return orderId;
    };
    const [bad, won, late, young] = [await judged('card'), await judged('card'), await judged('cod'), await judged('card')];
    await othersOlder(young, MATURE_DAYS + 1);
    await wrong(bad, 'z1', 'wrong', 10);
    await wrong(won, 'z2', 'wrong', 10);
    await wrong(won, 'z3', 'undone', 20);
    await wrong(late, 'z4', 'wrong', MATURE_DAYS + 0.5);
    const log = riskFactLog(service.pool);
    const facts = (await log.after('', 2_000)).filter(({ isTaken }) => isTaken).slice(-3);
    expect(facts.map(({ wentWrong }) => wentWrong)).toEqual([['chargeback'], [], []]);
    expect(await log.after(facts.at(-1)?.position ?? '', 2_000)).toEqual([]);
    expect(facts[2]?.values).toEqual(expect.arrayContaining([0, 1]));
  });

  it('is shown with what it must not be used for, by country, method and channel, and lets no rules in with a currency without worth', async () => {
    expect(await service.get('/models/risk')).toMatchObject({
      status: 200,
      body: { name: 'risk', standing: 'shadow', model: '', error: [], notFor: expect.arrayContaining([]) as string[] },
    });
    await service.pool.query(`update ${TABLE} set foretold = 500, action = 'review' where step = 'judged'`);
    const { body } = await service.get('/reports/learned-risk?from=2020-01-01T00:00:00Z');
    const [all] = (body.items ?? []).filter(({ by }) => by === 'all');
    expect(all).toMatchObject({ value: '', known: 4, wentWrong: 1, flaggedOfWrong: 1, flaggedOfGood: 3, foretoldOfKnown: 0.2 });
    expect(body.items).toEqual(expect.arrayContaining([expect.objectContaining({ by: 'method', value: 'cod', known: 1 })]));
    const learned = { acts: 'review', currency: 'XXX', lossPercent: 100, fee: 1500, marginPercent: 30, reviewCost: 300 };
    expect((await service.post('/verification-rules', await draft({ learned }))).status).toBe(422);
    expect(await service.post('/verification-rules', await draft({ learned: { ...learned, currency: 'GBP' } }))).toMatchObject({
      status: 201,
      body: { rules: { learned: { acts: 'review' } } },
    });
  });
});
