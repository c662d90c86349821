import { rowsAfter } from '@cartage/views';
import { packed, plan, ref, labelId, now } from '../domain/shipment.fixture';
import type { ShipmentEvent } from '../domain/events';
import type { PastQuote } from '../domain/policy-trial';
import { rated } from '../domain/rates';
import { setUp } from '../edge/shipping.fixture';
import { PolicyTrials } from './policy-trials';
import { labelQuote } from './views/label-quote';

const offers = [
  { carrier: 'post', service: 'standard', currency: 'GBP', cost: 500, days: 1 },
  { carrier: 'vans', service: 'standard', currency: 'GBP', cost: 300, days: 4 },
];
const preferences = { by: 'cost' as const, carriers: ['post', 'vans'] };
const { rates } = rated(preferences, { offers, declined: [], wish: {} });
const quoted: ShipmentEvent = { type: 'RatesQuoted', data: { ...ref, labelId, policy: 'carriers@3', ...rates, quotedAt: now } };

it('what was quoted is kept as it was, for the trial of another policy', () =>
  expect(rowsAfter(labelQuote, [...packed, quoted])).toEqual([
    {
      ...{ label_id: labelId, shipment_id: ref.shipmentId, order_id: ref.orderId, location: 'LEEDS', country: 'GB' },
      ...{ channel: plan.channel, method: 'ship', priority: 'standard', parcel_grams: [900, 800], lines: plan.lines },
      ...{ policy: 'carriers@3', choice: 'cost', offers: rates.offers, quoted_at: now },
    },
  ]));

describe('a trial', () => {
  const asked: unknown[] = [];
  const quoted: PastQuote = {
    ...{ labelId, orderId: ref.orderId, location: 'LEEDS', country: 'GB', channel: 'web', method: 'ship', priority: 'standard' },
    ...{ parcelGrams: [900], lines: plan.lines, offers: rates.offers },
  };
  const quotes = async (within: object, limit: number): Promise<readonly PastQuote[]> => {
    asked.push({ ...within, limit });
    return [quoted];
  };
  const trialsOf = ({ compliance, policies, registers, meta }: ReturnType<typeof setUp>) => ({
    ...{ policies, registers, meta },
    trials: new PolicyTrials({ quotes, policies, compliance, performance: () => () => undefined, now: () => new Date(now) }),
  });
  const two = () => {
    const { carrier } = setUp();
    const carriers = new Map(['post', 'vans'].map((name) => [name, { ...carrier, name, services: ['standard'] }]));
    return trialsOf(setUp({ choosing: { carriers, preferences } }));
  };

  it('is of the last 30 days, unless somebody says another time, and tells what would go with another', async () => {
    const { trials } = two();
    expect(await trials.try({ choice: 'speed' })).toMatchObject({
      ...{ from: '2026-10-24T12:00:00.000Z', to: now, policy: 'carriers@settings', choice: 'speed', labels: 1, changed: 1, unplaced: 0 },
      totals: [{ currency: 'GBP', was: { cost: 300 }, would: { cost: 500 } }],
      examples: [{ labelId, was: { carrier: 'vans' }, would: { carrier: 'post' } }],
    });
    const weights = { cost: 1, speed: 0, preference: 0, performance: 0 };
    expect(await trials.try({ choice: 'weighted', weights, from: '2026-11-01T00:00:00.000Z', to: now, limit: 5 })).toMatchObject({
      changed: 0,
      examples: [],
    });
    expect(asked[1]).toEqual({ from: '2026-11-01T00:00:00.000Z', to: now, limit: 5 });
  });

  it('of a draft goes by its exceptions and its rules, with goods as they are known now; nothing is in force by it', async () => {
    const { trials, policies, registers, meta } = two();
    await registers.items.record({ sku: 'LAMP', title: 'Lamp', hazardCode: 'UN3480' }, 1);
    const { rules } = { rules: policies.settings() };
    const faster = { ...rules, exceptions: [{ channels: ['web'], upToGrams: 1_000, change: { by: 'speed' as const } }] };
    await policies.draft({ rules: faster, note: 'Try.' }, meta());
    expect(await trials.tryVersion('1', {})).toMatchObject({ policy: 'carriers@1', choice: 'cost', changed: 1 });
    const blocks = [{ carrier: 'vans', hazards: ['any'], code: 'hazmat', detail: 'No.' }];
    await policies.draft({ rules: { ...rules, blocks }, note: 'Try.' }, meta());
    expect(await trials.tryVersion('2', {})).toMatchObject({ changed: 1, examples: [{ would: { carrier: 'post' } }] });
    await policies.draft({ rules: { ...rules, carriers: ['vans'], blocks }, note: 'Try.' }, meta());
    expect(await trials.tryVersion('3', {})).toMatchObject({
      changed: 0,
      unplaced: 1,
      totals: [],
      examples: [{ was: { carrier: 'vans' } }],
    });
    await expect(trials.tryVersion('4', {})).rejects.toMatchObject({ code: 'RULES_UNKNOWN' });
    expect((await policies.inForce()).version).toBe('carriers@settings');
  });
});
