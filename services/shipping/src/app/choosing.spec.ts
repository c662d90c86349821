import { ref } from '../domain/shipment.fixture';
import type { CarrierRule } from '../domain/carrier-rules';
import { CarrierLearner } from '../domain/carrier-learner';
import { performanceBy } from '../domain/lane-performance';
import type { Carrier, Quote } from './carrier';
import { person, placed, setUp, terms, type Setting } from '../edge/shipping.fixture';

const { shipmentId } = ref;

/** Two carriers, each with what it asks; `vans` books as the one beside it does. */
const two = (
  quotes: { readonly post: () => readonly Quote[]; readonly vans: () => readonly Quote[] },
  rules: readonly CarrierRule[] = [],
  policy: Setting['choosing'] = {},
) => {
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
  const choosing = { carriers, preferences: { by: 'cost' as const, carriers: ['post', 'vans'] }, ...policy };
  return { ...setUp({ order, choosing, rules }), booked: asked };
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

  it('are weighed by how their lane goes, too, and it is recorded what was known and how it counted', async () => {
    const quotes = { post: () => [at('standard', 420, 3)], vans: () => [at('standard', 300, 3)] };
    const outcomes = (['post', 'vans'] as const).map((carrier) => ({
      ...{ location: 'LEEDS', country: 'GB', carrier, service: 'standard', parcels: 100, kept: carrier === 'post' ? 99 : 40 },
    }));
    const performance = () => performanceBy(outcomes, { enough: 20, prior: 30 });
    const weights = { cost: 1, speed: 0, preference: 0, performance: 1 };
    const { packed, labels, meta, booked, history } = two(quotes, [], {
      performance,
      preferences: { by: 'weighted', carriers: ['post', 'vans'], weights },
    });
    await packed();
    await labels.buy(shipmentId, meta());
    expect(booked).toEqual(['post standard']);
    expect((await history()).find(({ type }) => type === 'RatesQuoted')?.data).toMatchObject({
      ...{ by: 'weighted', weights },
      offers: [
        { carrier: 'post', chosen: true, performance: { share: 9_743, parcels: 100, basis: 'lane' }, score: 8_443 },
        { carrier: 'vans', chosen: false, performance: { share: 4_157 }, score: 7_079, reason: { code: 'lower-score' } },
      ],
    });
  });

  it('are chosen by what was learned of them where the policy says so: another one takes it, and the label is bought there', async () => {
    const learner = new CarrierLearner();
    const fact = { step: 'ended', recordedAt: '2026-11-22T10:00:00.000Z', location: 'LEEDS', country: 'GB', service: 'standard' } as const;
    for (let n = 0; n < 40; n += 1)
      learner.learn({
        ...fact,
        position: `p${n}`,
        carrier: n % 2 === 0 ? 'post' : 'vans',
        end: 'delivered',
        daysLate: n % 2 === 0 ? 0 : 5,
      });
    const learned = { decides: true, currency: 'GBP', lateDayCost: 100, lostCost: 5_000, floorPercent: 0, boundPercent: 5 };
    const { packed, labels, meta, booked, history } = two(
      { post: () => [at('standard', 420, 3)], vans: () => [at('standard', 300, 4)] },
      [],
      { learned: () => learner, preferences: { by: 'cost', carriers: ['post', 'vans'], learned } },
    );
    await packed();
    await labels.buy(shipmentId, meta());
    expect(booked).toEqual(['post standard']);
    expect((await history()).find(({ type }) => type === 'RatesQuoted')?.data).toMatchObject({
      offers: [
        { carrier: 'post', chosen: true },
        { carrier: 'vans', reason: { code: 'learned' } },
      ],
      learned: { decidedBy: 'learned', model: 'p39', baseline: { carrier: 'vans' }, choice: { carrier: 'post' } },
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
    const offered = { post: () => [{ service: 'standard', reason }], vans: () => [at('standard', 300, 4)] };
    const { packed, labels, meta, history } = two(offered, [rule]);
    await packed();
    expect((await labels.buy(shipmentId, meta())).state).toMatchObject({
      status: 'label-failed',
      failure: { code: 'no-carrier', detail: 'post standard Over 30 kg. · vans standard No batteries in our vans.' },
    });
    expect((await history()).at(-1)).toMatchObject({ type: 'LabelFailed', data: { policy: 'carriers@settings' } });
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

describe('what rules forbid', () => {
  const offers = { post: () => [at('standard', 420, 3)], vans: () => [at('standard', 300, 4), at('express', 900, 1)] };
  const hazmat: CarrierRule = { carrier: 'vans', hazards: ['lithium-batteries'], code: 'hazmat', detail: 'No batteries in our vans.' };
  const embargo: CarrierRule = { countries: [person.address.country], hsCodes: ['8507'], code: 'embargo', detail: 'Not there.' };
  const flying: CarrierRule = { carrier: 'vans', mode: 'air', hazards: ['any'], code: 'no-air', detail: 'It does not fly.' };
  const withBattery = async (rules: readonly CarrierRule[], quotes: Parameters<typeof two>[0] = offers) => {
    const parts = two(quotes, rules);
    const item = { sku: 'LAMP', title: 'Lamp', hazardCode: 'UN3480', customs: { hsCode: '850760', originCountry: 'CN' } };
    await parts.registers.items.record(item, 1);
    await parts.packed();
    return parts;
  };

  it('goes with another carrier, and the record says why', async () => {
    const { labels, meta, booked, history } = await withBattery([hazmat]);
    await labels.buy(shipmentId, meta());
    expect(booked).toEqual(['post standard']);
    expect((await history()).find(({ type }) => type === 'RatesQuoted')?.data).toMatchObject({
      offers: [
        { carrier: 'post', chosen: true },
        { carrier: 'vans', reason: { code: 'hazmat', by: 'policy' } },
        { reason: { code: 'hazmat' } },
      ],
    });
  });

  it('goes by another mode of the same carrier', async () => {
    const { labels, meta, booked } = await withBattery([flying], { post: () => [], vans: offers.vans });
    await labels.buy(shipmentId, meta());
    expect(booked).toEqual(['vans standard']);
  });

  it('by every service is said before it is packed, and leaves the shipment waiting with a way out', async () => {
    const { labels, packing, meta, log } = await withBattery([embargo]);
    const { services } = await packing.show(shipmentId);
    expect(services.map(({ carrier, service, reason }) => [carrier, service, reason?.code])).toEqual([
      ['post', 'standard', 'embargo'],
      ['post', 'express', 'embargo'],
      ['vans', 'standard', 'embargo'],
      ['vans', 'express', 'embargo'],
    ]);
    await labels.buy(shipmentId, meta());
    expect((await log.read(shipmentId)).shipment).toMatchObject({
      status: 'label-failed',
      failure: { code: 'no-service-allowed', by: 'policy', detail: expect.stringContaining('Send it elsewhere') },
    });
  });

  it('is not asked of a carrier that says nothing either', async () => {
    const mute = { post: silent, vans: silent };
    const some = await withBattery([hazmat], mute);
    await some.labels.buy(shipmentId, some.meta());
    expect(some.booked).toEqual(['post standard']);
    const none = await withBattery([embargo], mute);
    await none.labels.buy(shipmentId, none.meta());
    expect(none.booked).toEqual([]);
    expect((await none.log.read(shipmentId)).shipment).toMatchObject({ failure: { code: 'no-service-allowed' } });
  });

  it('is forbidden also to whoever asks for it by hand', async () => {
    const { labels, meta, booked } = await withBattery([hazmat]);
    expect((await labels.order(shipmentId, { carrier: 'vans', service: 'standard' }, meta())).state).toMatchObject({
      status: 'label-failed',
      failure: { code: 'no-service-allowed' },
    });
    expect(booked).toEqual([]);
  });
});
