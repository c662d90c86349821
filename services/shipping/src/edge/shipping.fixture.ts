import { memoryDeadlines, memoryStore, type EventStore, type Meta } from '@cartage/eventsourcing';
import type { Vault } from '@cartage/service-kit';
import { sampleOf } from '@cartage/testkit';
import { booking, plan, ref, tracked } from '../domain/shipment.fixture';
import { carriersOf } from './carriers';
import type { Carrier, Carriers } from '../app/carrier';
import type { ChoosingNeeds } from '../app/choosing';
import { CarrierLearner } from '../domain/carrier-learner';
import { CarrierPolicyBook, type CarrierPolicyBookNeeds } from '../app/carrier-policies';
import { createCompliance } from '../app/compliance';
import { usualExceptions, type CarrierPolicy } from '../domain/carrier-policy';
import type { Preferences } from '../domain/rates';
import { evenWeights } from '../domain/scores';
import type { CarrierRule } from '../domain/carrier-rules';
import { createBoxes } from '../app/boxes';
import { createCustoms } from '../app/customs';
import { createLabels } from '../app/labels';
import { memoryRegisters } from '../app/memory-registers';
import { createPacking } from '../app/packing';
import type { Registers } from '../app/registers';
import { createShipmentLog } from '../app/shipment-log';
import { createShipments } from '../app/shipments';

const { shipmentId, orderId, fulfillmentId } = ref;
export const carrierSettings = {
  CARRIERS: 'simulated',
  CARRIER_CHOICE: 'cost',
  CARRIER_WEIGHTS: 'cost=1,performance=1',
  CARRIER_RULES_FILE: '',
  CARRIER_MODES: '',
  TABLE_RATE_FILE: '',
  TABLE_RATE_SECRET: 't',
  EASYPOST_API_KEY: '',
  EASYPOST_URL: 'https://easypost.invalid',
  EASYPOST_WEBHOOK_SECRET: 'w',
  EASYPOST_SERVICES: 'standard=USPS/GroundAdvantage',
  EASYPOST_SENDERS_FILE: '',
  SIMULATED_CARRIER_SECRET: 's',
  SIMULATED_CARRIER_EMBARGO: 'KP',
};
export const person = { name: 'Ada Byron', address: { lines: ['1 High Street'], city: 'London', country: 'GB' } };
export const placed = { ...sampleOf('OrderPlaced'), orderId };
export const allocated = { orderId, fulfillmentId, location: 'LEEDS', lines: plan.lines };
const parcels = [{ weightGrams: 900, lines: plan.lines.map(({ lineId, quantity }) => ({ lineId, quantity })) }];

const { carrier: _name, ...booked } = booking;
export const terms = { ...booked, parcels: tracked.slice(0, 1) };

/** A carrier that notes what it is asked, and does what a case wants it to do. */
const carrierThat = (does: Partial<Carrier>) => {
  const [real] = [...carriersOf(carrierSettings).values()];
  if (!real) throw new Error('There is no simulated carrier.');
  const asked: string[] = [];
  const carrier: { -readonly [Part in keyof Carrier]: Carrier[Part] } = {
    ...real,
    book: async ({ service }) => {
      asked.push(`book ${service}`);
      return { status: 'booked', ...terms, service };
    },
    void: async ({ parcels = [] }) => void asked.push(`void ${parcels.map(({ trackingNumber }) => trackingNumber).join(' ')}`),
    verify: (signature) => signature === 'signed',
    ...does,
  };
  return { asked, carrier, carriers: new Map([['simulated', carrier]]) as Carriers };
};

export interface Setting {
  readonly does?: Partial<Carrier>;
  readonly opened?: object | undefined;
  readonly order?: typeof placed;
  readonly choosing?: Partial<Pick<ChoosingNeeds, 'carriers' | 'performance' | 'learned'>> & {
    readonly preferences?: Preferences & Pick<CarrierPolicy, 'learned'>;
  };
  readonly rules?: readonly CarrierRule[];
  readonly store?: EventStore;
  /** Who fulfils it. */
  readonly partner?: string;
}

const vaultThat = (setting: Setting): Pick<Vault, 'open'> => ({
  open: async <Content extends object>() => ('opened' in setting ? setting.opened : person) as Content,
});

const vanModes = [
  ['vans/express', 'air'],
  ['vans/standard', 'ground'],
] as const;

const policyThat = ({ choosing = {}, rules = [] }: Setting): CarrierPolicy => ({
  ...{ by: 'cost', carriers: ['simulated'], weights: evenWeights, exceptions: usualExceptions, blocks: rules },
  ...choosing.preferences,
});

interface Foundations extends Pick<CarrierPolicyBookNeeds, 'store' | 'newId' | 'now' | 'carriers'> {
  readonly registers: Registers;
}

const choosingThat = (setting: Setting, { registers, ...bare }: Foundations) => {
  const { carriers, performance } = { carriers: bare.carriers, performance: () => () => undefined, ...setting.choosing };
  const policies = new CarrierPolicyBook({ ...bare, carriers, settings: policyThat(setting) });
  const compliance = createCompliance({ ...registers, carriers, policies, modes: new Map(vanModes) });
  const learned = setting.choosing?.learned ?? (() => new CarrierLearner());
  return { carriers, performance, learned, policies, compliance };
};

const readsOf = (store: EventStore) => {
  const history = async () => (await store.readMany([`shipment-${shipmentId}`]))[0]?.events ?? [];
  return { history, types: async () => (await history()).map(({ type }) => type) };
};

const servedBy = (partner: string | undefined) => ({
  partners: { at: async () => (partner === undefined ? undefined : { partner, kind: '3pl' as const }) },
  dropship: async () => undefined,
});

/** Shipping on memory, with a carrier and a clock that a case has in hand. */
export const setUp = ({ does = {}, order = placed, store = memoryStore(), ...setting }: Setting = {}) => {
  let time = Date.parse('2026-11-23T12:00:00.000Z');
  const now = () => new Date(time);
  const { asked, carrier, carriers } = carrierThat(does);
  const registers = memoryRegisters();
  let ids = 0;
  const log = createShipmentLog({ store, newId: () => `e${(ids += 1)}`, isPublic: () => true });
  const deadlines = memoryDeadlines();
  const customs = createCustoms({ ...registers, vault: vaultThat(setting) });
  const choosing = choosingThat(setting, { store, newId: () => `p${(ids += 1)}`, now, registers, carriers });
  const { policies, compliance } = choosing;
  const labels = createLabels({
    ...{ customs, log, deadlines, now, locations: registers.locations, vault: vaultThat(setting) },
    ...choosing,
    newToken: () => `t${(ids += 1)}`,
    newId: () => `l${(ids += 1)}`,
  });
  const served = servedBy(setting.partner);
  const boxes = createBoxes({ store, locations: registers.locations, newId: () => `b${(ids += 1)}`, now });
  const packing = createPacking({ log, items: registers.items, boxes, compliance });
  const ofOrders = { orders: registers.orders, shipmentIdOf: () => shipmentId, now };
  const shipments = createShipments({ ...{ log, labels, packing, customs, ...served }, ...ofOrders });
  const meta = (commandId = `c${(ids += 1)}`): Meta => ({ commandId, correlationId: 'c', actor: 'spec' });
  const { history, types } = readsOf(store);
  const packed = async () => {
    await shipments.learn(order);
    await shipments.plan(allocated, meta());
    return shipments.pack(shipmentId, parcels, meta());
  };
  /** Time goes by, and whatever is due then is told. */
  const pass = async (minutes: number): Promise<number> => {
    time += minutes * 60_000;
    const due = await deadlines.take({ now: now(), until: new Date(time + 60_000), limit: 10 });
    for (const deadline of due) await labels.onDue(deadline, meta());
    await deadlines.settle(due.map(({ id }) => id));
    return due.length;
  };
  const chosen = { carrier, policies, compliance, labels };
  return { ...chosen, ...{ pass, now, asked, boxes, customs, packing, shipments, registers, log, meta, history, types, packed } };
};
