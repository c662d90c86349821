import { memoryStore } from '@cartage/eventsourcing';
import { setUp, terms } from '../edge/shipping.fixture';
import { ref } from '../domain/shipment.fixture';
import type { CarrierPolicy } from '../domain/carrier-policy';
import type { Carriers } from './carrier';

const { shipmentId } = ref;

/** Two carriers; post is preferred, vans are cheaper and slower. */
const two = (opened: object = {}) => {
  const { carrier } = setUp();
  const named = (name: string, cost: number, days: number) => ({
    ...{ ...carrier, name, services: ['standard'] },
    quote: async () => [{ service: 'standard', currency: 'GBP', cost, days }],
    book: async ({ service }: { readonly service: string }) => ({ status: 'booked' as const, ...terms, service }),
  });
  const carriers: Carriers = new Map([
    ['post', named('post', 500, 1)],
    ['vans', named('vans', 300, 4)],
  ]);
  const parts = setUp({ ...opened, choosing: { carriers, preferences: { by: 'cost', carriers: ['post', 'vans'] } } });
  const inForce = async (change: Partial<CarrierPolicy>): Promise<void> => {
    const { policies, meta } = parts;
    const { state } = await policies.draft({ rules: { ...policies.settings(), ...change }, note: 'Tried.' }, meta());
    await policies.activate({ version: String(state.versions.size), note: 'Tried.' }, meta());
  };
  const chosen = async () => {
    await parts.packed();
    await parts.labels.buy(shipmentId, parts.meta());
    const facts = (await parts.history()).filter(({ type }) => type === 'RatesQuoted' || type === 'LabelRequested');
    return {
      shipment: (await parts.log.read(shipmentId)).shipment,
      policies: facts.map(({ data }) => (data as { policy?: string }).policy),
    };
  };
  return { ...parts, inForce, chosen };
};

describe('carriers are chosen', () => {
  it('as the settings say, until a policy is in force, and each label says by what', async () => {
    const { chosen } = two();
    const { shipment, policies } = await chosen();
    expect(shipment).toMatchObject({ label: { carrier: 'vans', policy: 'carriers@settings' } });
    expect(policies).toEqual(['carriers@settings', 'carriers@settings']);
  });

  it('by the policy in force: what counts, its exceptions and its rules', async () => {
    const fast = two();
    await fast.inForce({ by: 'speed' });
    expect((await fast.chosen()).shipment).toMatchObject({ label: { carrier: 'post', policy: 'carriers@1' } });

    const light = two();
    await light.inForce({ by: 'speed', exceptions: [{ countries: ['GB'], upToGrams: 1_000, change: { by: 'cost' } }] });
    expect((await light.chosen()).shipment).toMatchObject({ label: { carrier: 'vans' } });

    const forbidden = two();
    await forbidden.inForce({ blocks: [{ carrier: 'vans', methods: ['ship'], code: 'on-strike', detail: 'They strike.' }] });
    expect((await forbidden.chosen()).shipment).toMatchObject({ label: { carrier: 'post' } });
  });

  it('keep what was offered where a rule forbids it: another policy is tried on it', async () => {
    const { inForce, chosen, history } = two();
    await inForce({ blocks: [{ carrier: 'vans', code: 'on-strike', detail: 'They strike.' }] });
    await chosen();
    expect((await history()).find(({ type }) => type === 'RatesQuoted')?.data).toMatchObject({
      offers: [
        { carrier: 'post', chosen: true },
        { carrier: 'vans', cost: 300, days: 4, chosen: false, reason: { code: 'on-strike' } },
      ],
    });
  });

  it('by the policy before once it is put back, and only among those that it buys from', async () => {
    const { inForce, policies, meta, chosen } = two();
    await inForce({ by: 'speed' });
    await inForce({ carriers: ['vans'] });
    expect(await policies.termsFor({ method: 'ship', priority: 'standard', country: 'GB', parcelGrams: [] })).toMatchObject({
      version: 'carriers@2',
      carriers: ['vans'],
    });
    await policies.rollBack('They strike.', meta());
    expect((await chosen()).shipment).toMatchObject({ label: { carrier: 'post', policy: 'carriers@1' } });
  });

  it('of those that are set up: where none is any more, the label says so', async () => {
    const store = memoryStore();
    const before = two({ store });
    await before.inForce({ carriers: ['vans'] });
    const after = setUp({ store });
    await after.packed();
    await after.labels.buy(shipmentId, after.meta());
    expect((await after.log.read(shipmentId)).shipment).toMatchObject({
      status: 'label-failed',
      failure: { code: 'no-carrier', detail: 'Of the carriers of carriers@1 none is set up: vans.' },
    });
  });
});

describe('a draft is refused, with the field,', () => {
  it.each<[string, Partial<CarrierPolicy>, string]>([
    ['that buys from nobody known', { carriers: ['post', 'pigeon'] }, 'rules.carriers[1]'],
    ['or does for some', { exceptions: [{ change: { carriers: ['pigeon'] } }] }, 'rules.exceptions[0].change.carriers[0]'],
    ['that forbids somebody unknown', { blocks: [{ carrier: 'pigeon', code: 'x', detail: 'X.' }] }, 'rules.blocks[0].carrier'],
    ['or a service that nobody has', { blocks: [{ service: 'rocket', code: 'x', detail: 'X.' }] }, 'rules.blocks[0].service'],
  ])('%s', async (_, change, field) => {
    const { policies, meta } = two();
    await expect(policies.draft({ rules: { ...policies.settings(), ...change }, note: 'n' }, meta())).rejects.toMatchObject({
      kind: 'invalid',
      errors: [{ field }],
    });
  });

  it('and one of carriers that are not set up any more is not put in force', async () => {
    const store = memoryStore();
    const before = two({ store });
    await before.policies.draft({ rules: before.policies.settings(), note: 'n' }, before.meta());
    const { policies, meta } = setUp({ store });
    await expect(policies.activate({ version: '1', note: 'n' }, meta())).rejects.toMatchObject({ code: 'CARRIER_NOT_SET_UP' });
  });
});
