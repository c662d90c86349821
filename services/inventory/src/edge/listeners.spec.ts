import { TO_FOLLOW, Topics } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import { sampleOf } from '@cartage/testkit';
import type { Reservations } from '../app/reservations';
import { listenersOf, type ListenerNeeds } from './listeners';

const meta: Meta = { commandId: 'c', correlationId: 'c', actor: 'spec' };
const short = sampleOf('FulfillmentPickedShort');

const heard = async (data: typeof short): Promise<readonly unknown[]> => {
  const told: unknown[] = [];
  const reservations: Pick<Reservations, 'releaseAllocation'> = {
    releaseAllocation: async ({ reason }) => void told.push(reason.code) as never,
  };
  const stocks: ListenerNeeds['stocks'] = { writeOff: async ({ lines }) => void told.push(lines) as never };
  const [, fulfillments] = listenersOf(reservations as Reservations, { stocks } as ListenerNeeds);
  if (fulfillments?.topic !== Topics.fulfillment) throw new Error('They stand in another order.');
  await (fulfillments.on['FulfillmentPickedShort'] as (data: object, meta: Meta) => Promise<void>)(data, meta);
  return told;
};

describe('units that a fulfilment was short of', () => {
  it('are claimed on the network again, and what is missing of them is lost', async () =>
    expect(await heard(short)).toEqual(['short-picked', short.short.flatMap(({ missing }) => missing)]));

  it('are not lost where whoever sends them does so later', async () => {
    const reason = { code: TO_FOLLOW, by: 'provider' };
    expect(await heard({ ...short, short: short.short.map((line) => ({ ...line, missing: [], reason })) })).toEqual([TO_FOLLOW]);
  });
});

describe('lines of an order of which goods are to go ahead', () => {
  it('are claimed together, by the command that the choice is', async () => {
    const asked: unknown[] = [];
    const split: Reservations['split'] = async ({ orderId, lineIds }, { commandId: by }) => {
      asked.push([orderId, lineIds, by]);
      return Promise.resolve({ events: [], repeated: false });
    };
    const [orders] = listenersOf({ split } as Reservations, {} as ListenerNeeds);
    const lines = ['1', '2'].map((lineId) => ({ lineId, sku: 'MUG', quantity: 1 }));
    const hear = orders?.on['ShortageResolved'] as (data: object, meta: Meta) => Promise<void>;
    for (const choice of ['split', 'cancel', 'wait']) await hear({ ...sampleOf('ShortageResolved'), lines, choice }, meta);
    expect(asked).toEqual([[sampleOf('ShortageResolved')['orderId'], ['1', '2'], meta.commandId]]);
  });
});

describe('a shipment that came back with very many lines', () => {
  it('is booked so many lines at a time, each by a command of its own, which is the same when it is told again', async () => {
    let [inHand, most]: [number, number] = [0, 0];
    const booked: string[] = [];
    const restock: Reservations['restock'] = async ({ sku }, { commandId }) => {
      inHand += 1;
      most = Math.max(most, inHand);
      await Promise.resolve();
      inHand -= 1;
      booked.push(`${sku} ${commandId}`);
      return { events: [], repeated: false };
    };
    const [, , shipping] = listenersOf({ restock } as Reservations, {} as ListenerNeeds);
    const hear = shipping?.on['RtoReceived'] as (data: object, meta: Meta) => Promise<void>;
    const lines = Array.from({ length: 250 }, (_, i) => ({ lineId: String(i), sku: `S${i}`, quantity: 1, disposition: 'restock' }));
    for (const _ of ['once', 'again']) await hear({ ...sampleOf('RtoReceived'), lines, others: [] }, meta);
    expect(booked.slice(0, 250)).toEqual(lines.map(({ sku }, i) => `${sku} c.${i}`));
    expect(booked.slice(250)).toEqual(booked.slice(0, 250));
    expect(most).toBe(100);
  });
});
