import { ref } from '../domain/shipment.fixture';
import type { Carrier, Quote } from './carrier';
import { placed, setUp, terms } from '../edge/shipping.fixture';

const { shipmentId } = ref;

/** Two carriers, each with what it asks; `vans` books as the one beside it does. */
const two = (quotes: { readonly post: () => readonly Quote[]; readonly vans: () => readonly Quote[] }, rules: object[] = []) => {
  const asked: string[] = [];
  const carrier = (name: 'post' | 'vans'): Pick<Carrier, 'name' | 'services' | 'quote' | 'book'> => ({
    name,
    services: ['standard', 'express'],
    quote: async () => quotes[name](),
    book: async ({ service }) => {
      asked.push(`${name} ${service}`);
      return { status: 'booked', ...terms, service };
    },
  });
  const bare = setUp();
  const carriers = new Map((['post', 'vans'] as const).map((name) => [name, { ...bare.carrier, ...carrier(name) }]));
  // Nothing that was sold decides for them.
  const order = { ...placed, shipGroups: placed.shipGroups.map(({ service: _sold, ...group }) => group) };
  const choosing = { carriers, preferences: { by: 'cost' as const, carriers: ['post', 'vans'] }, rules: rules as never };
  return { ...setUp({ order, choosing }), booked: asked };
};
const at = (service: string, cost: number, days: number): Quote => ({ service, currency: 'GBP', cost, days });
const silent = (): never => {
  throw new Error('no line');
};

describe('several carriers', () => {
  it('are asked what they want, the cheapest takes it, and it is recorded why the others do not', async () => {
    const { packed, labels, meta, booked, history } = two({ post: () => [at('standard', 420, 3)], vans: () => [at('standard', 300, 4)] });
    await packed();
    expect((await labels.buy(shipmentId, meta())).state).toMatchObject({ label: { carrier: 'vans' } });
    expect(booked).toEqual(['vans standard']);
    const quoted = (await history()).find(({ type }) => type === 'RatesQuoted');
    expect(quoted?.data).toMatchObject({
      by: 'cost',
      offers: [
        { carrier: 'post', cost: 420, chosen: false, reason: { code: 'dearer', detail: '420 GBP against 300 (minor units).' } },
        { carrier: 'vans', cost: 300, chosen: true },
      ],
    });
  });

  it('go on without one that gives no answer', async () => {
    const { packed, labels, meta, booked, history } = two({ post: () => [at('standard', 420, 3)], vans: silent });
    await packed();
    await labels.buy(shipmentId, meta());
    expect(booked).toEqual(['post standard']);
    expect((await history()).find(({ type }) => type === 'RatesQuoted')?.data).toMatchObject({
      offers: [{ chosen: true }, { carrier: 'vans', reason: { code: 'carrier-silent', detail: 'no line' } }],
    });
  });

  it('that all give no answer leave the label to the preferred one', async () => {
    const { packed, labels, meta, booked } = two({ post: silent, vans: silent });
    await packed();
    await labels.buy(shipmentId, meta());
    expect(booked).toEqual(['post standard']);
  });

  it('of which none takes it, or may, fail the label with what each of them says', async () => {
    const reason = { code: 'too-heavy', detail: 'Over 30 kg.', by: 'carrier' };
    const rule = { carrier: 'vans', code: 'hazmat', detail: 'No batteries in our vans.' };
    const { packed, labels, meta } = two({ post: () => [{ service: 'standard', reason }], vans: () => [at('standard', 300, 4)] }, [rule]);
    await packed();
    expect((await labels.buy(shipmentId, meta())).state).toMatchObject({
      status: 'label-failed',
      failure: { code: 'no-carrier', detail: 'post standard Over 30 kg. · vans standard No batteries in our vans.' },
    });
  });

  it('may be named, and one that labels are not bought from is refused', async () => {
    const { packed, labels, meta, booked } = two({ post: () => [at('standard', 420, 3)], vans: () => [at('standard', 300, 4)] });
    await packed();
    await expect(labels.order(shipmentId, { carrier: 'pigeons' }, meta())).rejects.toMatchObject({
      code: 'CARRIER_UNKNOWN',
      errors: [{ field: 'carrier' }],
    });
    await labels.order(shipmentId, { carrier: 'post' }, meta());
    expect(booked).toEqual(['post standard']);
    await expect(labels.order(shipmentId, { carrier: 'vans' }, meta())).rejects.toMatchObject({ code: 'LABEL_EXISTS' });
  });
});
