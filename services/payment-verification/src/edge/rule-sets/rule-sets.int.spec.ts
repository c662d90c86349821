import { paymentService, type PaymentService } from '../payment-service.fixture';

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
    await service.passDeadlines();
    await service.eventually(async () => {
      const { body } = await service.get('/reviews?limit=200');
      expect(body.items?.find((row) => row['orderId'] === orderId)).toMatchObject({
        escalatedAt: expect.any(String) as string,
        decideBy: expect.any(String) as string,
      });
    });
  });
});
