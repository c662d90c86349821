import { performanceBy } from './lane-performance';
import { compared, retried, type PastQuote } from './policy-trial';
import { rated, type Offer, type Preferences } from './rates';

const offer = (carrier: string, cost: number, days?: number, currency = 'GBP'): Offer => ({
  ...{ carrier, service: 'standard', currency, cost },
  ...(days === undefined ? {} : { days }),
});
const nothingKnown = () => undefined;
const by = (order: Preferences['by']): Preferences => ({ by: order, carriers: ['post', 'vans', 'pigeon'] });
/** As it was recorded under a policy. */
const past = (labelId: string, offers: readonly Offer[], wish = {}): PastQuote => ({
  ...{ labelId, location: 'LDN', country: 'GB' },
  offers: rated(by('cost'), { offers, wish, declined: [{ carrier: 'ups', reason: { code: 'too-heavy', by: 'carrier' } }] }).rates.offers,
});
const [dear, cheap] = [offer('post', 500, 1), offer('vans', 300, 4)];

describe('another policy on what was offered', () => {
  it('would have chosen another, or the same', () => {
    expect(retried(by('speed'), nothingKnown, past('l', [dear, cheap]))).toEqual({ labelId: 'l', was: cheap, would: dear });
    expect(retried(by('cost'), nothingKnown, past('l', [dear, cheap]))).toEqual({ labelId: 'l', was: cheap, would: cheap });
  });

  it('goes by what is known of lanes now', () => {
    const lane = { location: 'LDN', country: 'GB', service: 'standard' };
    const known = [
      { ...lane, carrier: 'post', parcels: 100, kept: 99 },
      { ...lane, carrier: 'vans', parcels: 100, kept: 50 },
    ];
    const would = retried(by('performance'), performanceBy(known, { enough: 20, prior: 0 }), past('l', [dear, cheap]))?.would;
    expect(would).toEqual({ ...dear, performance: { share: 9_900, parcels: 100, basis: 'lane' } });
  });

  it('chooses none that was not asked for, and says nothing where nobody had been chosen', () => {
    const wished = past('l', [dear, cheap], { carrier: 'vans' });
    expect(retried(by('speed'), nothingKnown, wished)?.would).toEqual(cheap);
    expect(retried(by('speed'), nothingKnown, past('l', []))).toBeUndefined();
  });

  it('is compared by currency: what labels cost and how long they take, and how many would go with another', () => {
    const labels = [past('1', [dear, cheap]), past('2', [cheap, offer('pigeon', 400)]), past('3', [offer('post', 90, 2, 'USD')])];
    const all = labels.flatMap((each) => retried(by('speed'), nothingKnown, each) ?? []);
    expect(compared(all)).toEqual([
      {
        ...{ currency: 'GBP', labels: 2, changed: 1 },
        was: { cost: 600, days: 4, onTimePercent: null },
        would: { cost: 800, days: 2.5, onTimePercent: null },
      },
      {
        ...{ currency: 'USD', labels: 1, changed: 0 },
        ...{ was: { cost: 90, days: 2, onTimePercent: null }, would: { cost: 90, days: 2, onTimePercent: null } },
      },
    ]);
  });
});
