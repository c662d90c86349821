import fc from 'fast-check';
import { CarrierLearner, type CarrierFact } from './carrier-learner';
import { termsFor, type CarrierPolicy } from './carrier-policy';
import { withLearned, type LearnedPolicy } from './learned-choice';
import { rated, type Offer } from './rates';
import { evenWeights } from './scores';

const offer = (carrier: string, cost: number): Offer => ({ carrier, service: 'standard', currency: 'GBP', cost });
const [post, vans] = [offer('post', 400), offer('vans', 600)];
const way = { location: 'LEEDS', country: 'GB' };
const policy: LearnedPolicy = {
  ...{ decides: true, currency: 'GBP', lateDayCost: 200, lostCost: 5_000, floorPercent: 0, boundPercent: 5 },
};

const ended = (n: number, change: Partial<Extract<CarrierFact, { readonly step: 'ended' }>> = {}): CarrierFact => ({
  ...{ step: 'ended', position: String(n).padStart(8, '0'), recordedAt: '2026-11-23T10:00:00.000Z', end: 'delivered', daysLate: 0 },
  ...{ ...way, carrier: 'vans', service: 'standard' },
  ...change,
});
/** The post comes four days too late, and vans in time. */
const late: readonly CarrierFact[] = Array.from({ length: 60 }, (_, n) => ended(n, n % 2 === 0 ? { carrier: 'post', daysLate: 4 } : {}));
const learnedFrom = (facts: readonly CarrierFact[]): CarrierLearner => {
  const learner = new CarrierLearner();
  for (const fact of facts) learner.learn(fact);
  return learner;
};
const between = (offers: readonly Offer[], wish = {}) => rated({ by: 'cost', carriers: ['post', 'vans'] }, { offers, declined: [], wish });
const chosenBy = (change: Partial<LearnedPolicy> = {}, rating = between([post, vans]), learning = learnedFrom(late)) =>
  withLearned(rating, { policy: { ...policy, ...change }, way, learning, seed: 'a shipment' });

describe('what was learned of carriers', () => {
  it('decides where the policy says so, and the record says by which shipments', () => {
    const { chosen, rates } = chosenBy();
    expect(chosen?.carrier).toBe('vans');
    expect(rates.learned).toMatchObject({
      ...{ decidedBy: 'learned', method: 'learned by lane', version: '1', model: '00000059', reason: 'lowest-draw' },
      ...{ baseline: { carrier: 'post' }, choice: { carrier: 'vans' }, lateDayCost: 200, lostCost: 5_000 },
      offers: [
        { carrier: 'post', parcels: 30, late: 30, lost: 0, basis: 'lane' },
        { carrier: 'vans', parcels: 30, late: 0, lost: 0, basis: 'lane' },
      ],
    });
    const [own, best] = rates.learned?.offers ?? [];
    expect(own?.expected).toBeGreaterThan(1_000);
    expect(best?.expected).toBeLessThan(own?.expected ?? 0);
    expect(rates.offers).toMatchObject([
      { carrier: 'post', chosen: false, reason: { code: 'learned', by: 'policy' } },
      { carrier: 'vans', chosen: true },
    ]);
    expect(rates.offers[0]).toMatchObject({ reason: { detail: expect.stringContaining('by 30 shipments (lane), 30 late, 0 lost') } });
    expect(rates.offers[1]).not.toHaveProperty('reason');
  });

  it('stands beside the choice of the policy in shadow, and changes nothing of it', () => {
    const rating = between([post, vans]);
    const { chosen, rates } = chosenBy({ decides: false }, rating);
    expect(chosen).toBe(rating.chosen);
    expect(rates.offers).toEqual(rating.rates.offers);
    expect(rates.learned).toMatchObject({ decidedBy: 'policy', baseline: { carrier: 'post' }, choice: { carrier: 'vans' } });
  });

  it.each([
    ['there is one offer', between([post])],
    ['somebody asked for one carrier', between([post, vans], { carrier: 'post' })],
    ['costs are in another currency', between([post, vans].map((each) => ({ ...each, currency: 'EUR' })))],
    ['nobody is chosen', between([])],
  ])('says nothing where %s', (_, rating) => expect(chosenBy({}, rating)).toBe(rating));

  it('is asked again and says the same, and of nobody knows anything the bound leaves the policy’s own', () => {
    expect(chosenBy()).toEqual(chosenBy());
    const { chosen, rates } = chosenBy({ boundPercent: 0, floorPercent: 50 }, between([vans, post]), new CarrierLearner());
    expect(chosen?.carrier).toBe('post');
    expect(rates.learned).toMatchObject({ model: '', spends: 0, allows: 0 });
  });

  it('spends what choices may cost more, and allows what the policy says: the log tells it to every process', () => {
    const learner = new CarrierLearner();
    const chosen = (n: number, spends: number): CarrierFact => ({
      ...{ step: 'chosen', position: String(n), recordedAt: '2026-11-23T10:00:00.000Z', currency: 'GBP', allows: 20, spends },
    });
    for (const fact of [chosen(1, 0), chosen(2, 35)]) learner.learn(fact);
    expect(learner.model.accounts).toEqual([['GBP', { allowed: 40, spent: 35 }]]);
  });

  it('is the same from the same log, wherever it paused', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 40 }), fc.nat(40), (days, pause) => {
        const facts = days.map((daysLate, n) => ended(n, { daysLate, carrier: n % 3 === 0 ? 'post' : 'vans' }));
        const first = learnedFrom(facts.slice(0, pause));
        const kept = new CarrierLearner(JSON.parse(JSON.stringify(first.model)) as typeof first.model);
        for (const fact of facts.slice(pause)) kept.learn(fact);
        expect(kept.model).toEqual(learnedFrom(facts).model);
      }),
    ));
});

describe('a policy with what is learned', () => {
  const rules: CarrierPolicy = {
    ...{ by: 'cost', carriers: ['post'], weights: evenWeights, blocks: [], learned: policy },
    exceptions: [
      { priorities: ['expedited'], change: { by: 'speed' } },
      { channels: ['shop'], change: { by: 'speed', learned: { ...policy, decides: false } } },
      { countries: ['FR'], change: { carriers: ['vans'] } },
    ],
  };
  const shipment = { method: 'ship', priority: 'standard', country: 'GB', parcelGrams: [900] };
  const learnedFor = (change: object) => termsFor(rules, 'carriers@1', { ...shipment, ...change }).learned;

  it('looks at it for all but those for whom something else counts first', () => {
    expect(learnedFor({})).toEqual(policy);
    expect(learnedFor({ country: 'FR' })).toEqual(policy);
    expect(learnedFor({ priority: 'expedited' })).toBeUndefined();
    expect(learnedFor({ channel: 'shop' })).toEqual({ ...policy, decides: false });
  });
});
