import { requireSound, termsFor, usualExceptions, type CarrierPolicy, type PolicyException, type ToChooseFor } from './carrier-policy';
import { evenWeights } from './scores';

const policy: CarrierPolicy = { by: 'cost', carriers: ['post', 'vans'], weights: evenWeights, exceptions: [], blocks: [] };
const parcel: ToChooseFor = { channel: 'web', method: 'ship', priority: 'standard', country: 'FR', parcelGrams: [900, 12_000] };
const of = (exceptions: readonly PolicyException[], shipment: Partial<ToChooseFor> = {}) =>
  termsFor({ ...policy, exceptions }, 'carriers@1', { ...parcel, ...shipment });

describe('the policy for a shipment', () => {
  it('is what holds for all, with its version and its rules, where no exception speaks of it', () =>
    expect(of([])).toEqual({ version: 'carriers@1', by: 'cost', carriers: ['post', 'vans'], weights: evenWeights, blocks: [] }));

  it.each<[string, PolicyException, Partial<ToChooseFor>, Partial<ToChooseFor>]>([
    ['channel', { channels: ['web'], change: { by: 'speed' } }, {}, { channel: 'pos' }],
    ['method', { methods: ['ship'], change: { by: 'speed' } }, {}, { method: 'return' }],
    ['priority', { priorities: ['expedited'], change: { by: 'speed' } }, { priority: 'expedited' }, {}],
    ['country', { countries: ['FR', 'BE'], change: { by: 'speed' } }, {}, { country: 'DE' }],
    ['its heaviest parcel', { overGrams: 10_000, change: { by: 'speed' } }, {}, { parcelGrams: [900, 10_000] }],
    ['all its parcels', { upToGrams: 10_000, change: { by: 'speed' } }, { parcelGrams: [900, 10_000] }, {}],
  ])('is otherwise by %s', (_, exception, concerned, other) => {
    expect(of([exception], concerned).by).toBe('speed');
    expect(of([exception], other).by).toBe('cost');
  });

  it('is otherwise only where all is so that an exception says, and what nobody knows is not so', () => {
    const both: PolicyException = { channels: ['web'], countries: ['DE'], change: { by: 'speed' } };
    expect(of([both]).by).toBe('cost');
    const { channel: _, ...sold } = parcel;
    expect(termsFor({ ...policy, exceptions: [{ ...both, countries: ['FR'] }] }, 'carriers@1', sold).by).toBe('cost');
  });

  it('is that of the later exception where two speak, and what it does not name stays', () =>
    expect(of([{ change: { by: 'speed', carriers: ['vans'] } }, { countries: ['FR'], change: { by: 'preference' } }])).toMatchObject({
      by: 'preference',
      carriers: ['vans'],
    }));

  it('gives haste to whoever pays for it, and brings things back as cheaply as it can, as long as nobody says otherwise', () => {
    const performing = (shipment: Partial<ToChooseFor>) =>
      termsFor({ ...policy, by: 'performance', exceptions: usualExceptions }, 'carriers@settings', { ...parcel, ...shipment }).by;
    expect([performing({}), performing({ priority: 'expedited' }), performing({ method: 'return' })]).toEqual([
      'performance',
      'speed',
      'cost',
    ]);
  });
});

describe('a policy that cannot be', () => {
  const nothing = { cost: 0, speed: 0, preference: 0, performance: 0 };
  it.each<[string, Partial<CarrierPolicy>, string]>([
    ['weighs nothing', { weights: nothing }, 'rules.weights'],
    ['weighs nothing for some', { exceptions: [{ change: { weights: nothing } }] }, 'rules.exceptions[0].change.weights'],
    [
      'is for parcels that are heavier than they are',
      { exceptions: [{ change: {} }, { overGrams: 5, upToGrams: 5, change: {} }] },
      'rules.exceptions[1].upToGrams',
    ],
  ])('%s, and is refused with the field', (_, change, field) => {
    expect(() => requireSound({ ...policy, ...change })).toThrow(expect.objectContaining({ errors: [expect.objectContaining({ field })] }));
  });
  it('is told from one that can', () => expect(() => requireSound({ ...policy, exceptions: usualExceptions })).not.toThrow());
});
