import { performanceBy } from './lane-performance';
import { compared, retried, type PastQuote, type TriedTerms } from './policy-trial';
import { rated, type Offer, type Preferences } from './rates';

const offer = (carrier: string, cost: number, days?: number, currency = 'GBP'): Offer => ({
  ...{ carrier, service: 'standard', currency, cost },
  ...(days === undefined ? {} : { days }),
});
const nothingKnown = () => undefined;
const by = (order: Preferences['by']): Preferences => ({ by: order, carriers: ['post', 'vans', 'pigeon'] });
const trying = (order: Preferences['by'], more: Partial<TriedTerms> = {}): TriedTerms => ({
  ...{ preferences: by(order), performanceOf: nothingKnown, isBlocked: () => false },
  ...more,
});
/** As it was recorded under a policy. */
const past = (labelId: string, offers: readonly Offer[], wish = {}): PastQuote => ({
  ...{ labelId, orderId: 'o', location: 'LDN', country: 'GB', method: 'ship', priority: 'standard', parcelGrams: [900], lines: [] },
  offers: rated(by('cost'), { offers, wish, declined: [{ carrier: 'ups', reason: { code: 'too-heavy', by: 'carrier' } }] }).rates.offers,
});
const [dear, cheap] = [offer('post', 500, 1), offer('vans', 300, 4)];

describe('another policy on what was offered', () => {
  it('would have chosen another, or the same', () => {
    expect(retried(trying('speed'), past('l', [dear, cheap]))).toEqual({ labelId: 'l', was: cheap, would: dear });
    expect(retried(trying('cost'), past('l', [dear, cheap]))).toEqual({ labelId: 'l', was: cheap, would: cheap });
  });

  it('goes by what is known of lanes now', () => {
    const lane = { location: 'LDN', country: 'GB', service: 'standard' };
    const known = [
      { ...lane, carrier: 'post', parcels: 100, kept: 99 },
      { ...lane, carrier: 'vans', parcels: 100, kept: 50 },
    ];
    const performanceOf = performanceBy(known, { enough: 20, prior: 0 });
    const would = retried(trying('performance', { performanceOf }), past('l', [dear, cheap]))?.would;
    expect(would).toEqual({ ...dear, performance: { share: 9_900, parcels: 100, basis: 'lane' } });
  });

  it('chooses none that was not asked for, and says nothing where nobody had been chosen', () => {
    const wished = past('l', [dear, cheap], { carrier: 'vans' });
    expect(retried(trying('speed'), wished)?.would).toEqual(cheap);
    expect(retried(trying('speed'), past('l', []))).toBeUndefined();
  });

  it('forbids what its own rules forbid, and whom it does not buy from; what other rules forbade is open again', () => {
    const isBlocked = ({ carrier }: { readonly carrier: string }) => carrier === 'post';
    expect(retried(trying('speed', { isBlocked }), past('l', [dear, cheap]))).toEqual({ labelId: 'l', was: cheap, would: cheap });
    expect(retried(trying('speed', { isBlocked: () => true }), past('l', [dear, cheap]))).toEqual({ labelId: 'l', was: cheap });
    const only = { ...by('speed'), carriers: ['vans'] };
    expect(retried(trying('speed', { preferences: only }), past('l', [dear, cheap]))?.would).toEqual(cheap);
    const forbidden = { ...dear, reason: { code: 'embargo', by: 'policy' } };
    const { rates } = rated(by('cost'), { offers: [cheap], wish: {}, declined: [forbidden] });
    expect(retried(trying('speed'), { ...past('l', []), offers: rates.offers })?.would).toEqual(dear);
  });

  it('is compared by currency: what labels cost and how long they take, and how many would go with another', () => {
    const labels = [past('1', [dear, cheap]), past('2', [cheap, offer('pigeon', 400)]), past('3', [offer('post', 90, 2, 'USD')])];
    const all = labels.flatMap((each) => retried(trying('speed'), each) ?? []);
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
