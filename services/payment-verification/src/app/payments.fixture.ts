import { randomUUID } from 'node:crypto';
import type { OrderEvent, Sealed } from '@cartage/contracts';
import { factsOf, memoryDeadlines, memoryStore, type DataOf, type DeadlineQueue, type EventStore, type Meta } from '@cartage/eventsourcing';
import { limits } from '../domain/payment.fixture';
import { published } from '../domain/published';
import { CREDIT, isCredit } from '../domain/terms';
import { memoryOfProcess } from '../edge/providers/call-memory';
import { creditOn } from '../edge/providers/credit.fixture';
import { simulatedProvider } from '../edge/providers/simulated';
import { noPast, type CustomerHistory } from './customer-history';
import { accountOf } from './payment-account';
import type { PaymentProvider } from './payment-provider';
import { onDue } from './deadlines';
import { Decisions } from './decisions';
import { Interventions } from './interventions';
import { Payments } from './payments';

const START = Date.parse('2026-11-02T10:00:00Z');
export const clock = () => new Date(START);
const guests: CustomerHistory = { remember: async () => noPast };

export const setUp = ({
  store = memoryStore(),
  provider = simulatedProvider(memoryOfProcess(), clock),
  pause = async () => undefined,
  deadlines = memoryDeadlines(),
}: { store?: EventStore; provider?: PaymentProvider; pause?: () => Promise<void>; deadlines?: DeadlineQueue } = {}) => {
  let now = START;
  const decisions = new Decisions({
    silenceMinutes: 120,
    clock: { pause },
    store,
    newId: randomUUID,
    now: () => new Date(now),
    isPublic: (type) => type in published,
    deadlines,
    providers: new Map([provider, creditOn(store).provider].map((each) => [each.name, each])),
    pauses: [15, 120],
    sealAction: async (key: string, details: object) => ({ key, box: JSON.stringify(details) }),
    openToken: async ({ key, box }) => (key === 'erased' ? undefined : box),
  });
  const policy = {
    providerFor: (method: string) => (isCredit(method) ? CREDIT : provider.name),
    capture: 'shipment',
    prepaidChannels: ['web'],
  } as const;
  const payments = new Payments({ decisions, history: guests, limits: async () => limits, policy });
  const interventions = new Interventions(decisions);
  /** So many minutes after it began: what is due then is done; answers which deadlines were. */
  const after = async (minutes: number): Promise<readonly string[]> => {
    now = START + minutes * 60_000;
    const due = await deadlines.take({ now: new Date(now), until: new Date(now + 1), limit: 10 });
    for (const each of due) await onDue(interventions.whenDue)(each, meta());
    await deadlines.settle(due.map(({ id }) => id));
    return due.map(({ name }) => name);
  };
  const eventsOf = async (orderId: string) => (await store.readMany([`payment-${orderId}`]))[0]?.events ?? [];
  const typesOf = async (orderId: string) => factsOf(await eventsOf(orderId)).map(({ type }) => type);
  const accountFor = async (orderId: string) => accountOf(await payments.read(orderId));
  return { store, after, decisions, payments, interventions, eventsOf, typesOf, accountFor };
};

export const meta = (commandId: string = randomUUID()): Meta => ({ commandId, correlationId: 'c', actor: 'spec', fingerprint: commandId });

export type OrderPlaced = DataOf<OrderEvent, 'OrderPlaced'>;

/** A box that says what is in it: the spec's vault opens it so. */
const sealed = (token: string): Sealed => ({ key: 'guest', box: token });

export const placed = ({ method, token }: { readonly method: string; readonly token?: string }, total = 4000): OrderPlaced => ({
  orderId: randomUUID(),
  channel: 'web',
  placedAt: '2026-11-02T10:00:00.000Z',
  currency: 'GBP',
  taxIncluded: true,
  lines: [{ lineId: '1', sku: 'MUG', quantity: 3, unitPrice: 1, discounts: [], taxLines: [], total: total - 500, shipGroupId: '1' }],
  shipGroups: [{ shipGroupId: '1', method: 'ship', destination: { country: 'GB' }, charge: 500, taxLines: [] }],
  totals: { goods: total - 500, discount: 0, shipping: 500, tax: 0, total },
  payments: [{ paymentId: randomUUID(), method, amount: total, ...(token === undefined ? {} : { token: sealed(token) }) }],
  priority: 'standard',
  personal: { key: 'guest', box: '' },
  policies: {},
});
/** The same, as the listener hands it on. */
export const heard = (order: OrderPlaced) => ({ order, recordedAt: order.placedAt });
export const owed = (orderId: string, amount: number) => ({ orderId, refundId: randomUUID(), currency: 'GBP', amount, tender: 'original' });
export const byCustomer = { code: 'customer', by: 'customer' };
export const shipped = (orderId: string, quantity = 3) => ({
  orderId,
  shipmentId: randomUUID(),
  lines: [{ lineId: '1', sku: 'MUG', quantity }],
});
