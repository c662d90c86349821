import { rowsAfter } from '@cartage/views';
import { packed, ref, labelId, now } from '../domain/shipment.fixture';
import type { ShipmentEvent } from '../domain/events';
import type { PastQuote } from '../domain/policy-trial';
import { rated } from '../domain/rates';
import { PolicyTrials } from './policy-trials';
import { labelQuote } from './views/label-quote';

const offers = [
  { carrier: 'post', service: 'standard', currency: 'GBP', cost: 500, days: 1 },
  { carrier: 'vans', service: 'standard', currency: 'GBP', cost: 300, days: 4 },
];
const preferences = { by: 'cost' as const, carriers: ['post', 'vans'] };
const { rates } = rated(preferences, { offers, declined: [], wish: {} });
const quoted: ShipmentEvent = { type: 'RatesQuoted', data: { ...ref, labelId, ...rates, quotedAt: now } };

it('what was quoted is kept as it was, for the trial of another policy', () =>
  expect(rowsAfter(labelQuote, [...packed, quoted])).toEqual([
    {
      ...{ label_id: labelId, shipment_id: ref.shipmentId, location: 'LEEDS', country: 'GB', choice: 'cost' },
      ...{ offers: rates.offers, quoted_at: now },
    },
  ]));

it('a trial is of the last 30 days, unless somebody says another time, and tells what would go with another', async () => {
  const asked: unknown[] = [];
  const quotes = async (within: object, limit: number): Promise<readonly PastQuote[]> => {
    asked.push({ ...within, limit });
    return [{ labelId, location: 'LEEDS', country: 'GB', offers: rates.offers }];
  };
  const trials = new PolicyTrials({ quotes, performance: () => () => undefined, preferences, now: () => new Date(now) });
  expect(await trials.try({ choice: 'speed' })).toMatchObject({
    ...{ from: '2026-10-24T12:00:00.000Z', to: now, choice: 'speed', labels: 1, changed: 1 },
    totals: [{ currency: 'GBP', was: { cost: 300 }, would: { cost: 500 } }],
    examples: [{ labelId, was: { carrier: 'vans' }, would: { carrier: 'post' } }],
  });
  const weights = { cost: 1, speed: 0, preference: 0, performance: 0 };
  expect(await trials.try({ choice: 'weighted', weights, from: '2026-11-01T00:00:00.000Z', to: now })).toMatchObject({
    changed: 0,
    examples: [],
  });
  expect(asked[1]).toEqual({ from: '2026-11-01T00:00:00.000Z', to: now, limit: 10_000 });
});
