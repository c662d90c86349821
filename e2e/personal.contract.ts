import { anyCoat, eventually, tablesWith, type ServerProcess } from '@cartage/testkit';
import { messagesWith } from './personal';
import type { Message } from './topics';
import { orderOf, PATIENCE, unique, type Shop } from './shop';
import { bundled } from './support-bundle';

/** Spelt like nothing else, so that finding it anywhere means that it leaked. */
const personal = {
  name: 'Zebedia Quillfeather-Oyelaran',
  email: 'zebedia.quillfeather@mail.example',
  phone: '+44 7700 900461',
  street: '77 Xylographer’s Crescent',
};
export const secrets: readonly string[] = [...Object.values(personal), '77 Xylographer', 'quillfeather', 'Quillfeather', '7700 900461'];

/** An order of that person, delivered; and its id, which is not secret. */
export const secretOrder = async ({ stock, place, deliver }: Shop): Promise<string> => {
  const [location, sku] = [unique('LDN'), unique('SKU')];
  await stock(location, [{ sku, quantity: 1 }]);
  const { name, email, phone, street } = personal;
  const more = {
    customer: { id: unique('customer'), name, email, phone },
    shipTo: { lines: [street], city: 'London', postalCode: 'EC1A 1BB', country: 'GB' },
    raw: { buyer: name, contact: email },
  };
  const orderId = await place(orderOf([{ sku, quantity: 1 }], more));
  await deliver(orderId);
  return orderId;
};

/** Wherever something of a person could stay behind. */
export interface Places {
  /** Logs, views and dead letters of all services. */
  readonly databaseUrl: () => string;
  /** What they say while they run. */
  readonly processes: () => readonly ServerProcess[];
  /** All that was ever told, where there are topics. */
  readonly messages?: () => Promise<readonly Message[]>;
  /** For whoever packs a support bundle; they need not have one. */
  readonly masterKey: () => Readonly<Record<string, string>>;
}

/** The processes that said one of these texts, in any coat. */
const sayers = (processes: readonly ServerProcess[], texts: readonly string[]): readonly string[] =>
  processes.flatMap((each) => {
    const { name, all } = each.current().output;
    const said = all();
    return anyCoat(texts).some((coat) => said.includes(coat)) ? [name] : [];
  });

/** Nothing of the person is in clear anywhere; and whoever looks does find what is no secret, in each of these places. */
const requireForgotten = async ({ databaseUrl, processes, messages }: Places, orderId: string): Promise<void> => {
  expect((await tablesWith(databaseUrl(), [orderId])).length).toBeGreaterThan(10);
  expect(await tablesWith(databaseUrl(), secrets)).toEqual([]);
  expect(sayers(processes(), ['"level":"'])).toHaveLength(processes().length);
  expect(sayers(processes(), secrets)).toEqual([]);
  if (!messages) return;
  const told = await eventually(async () => {
    const found = await messages();
    expect(messagesWith(found, [orderId]).length).toBeGreaterThan(10);
    return found;
  }, PATIENCE);
  expect(messagesWith(told, secrets)).toEqual([]);
};

/** Personal data travels sealed: in logs, tables and views of all services. */
export const personalContract = (shop: () => Shop, places: Places): void => {
  const { databaseUrl, masterKey } = places;
  describe('what is personal', () => {
    it('stands in clear in no table of any service, and can be read where it is granted', async () => {
      const orderId = await secretOrder(shop());
      expect(await shop().get(`/orders/${orderId}/personal`)).toMatchObject({ name: personal.name, email: personal.email });
      // The search itself is proved by what is no secret: the order's id must be found with each service that keeps orders.
      await eventually(async () => {
        const found = (await tablesWith(databaseUrl(), [orderId])).map((table) => table.split('.', 1)[0]);
        expect(found).toEqual(
          expect.arrayContaining([
            ...['orders', 'inventory', 'payments', 'fulfillment', 'shipping', 'returns', 'notifications'],
            ...['reporting', 'subscriptions'],
          ]),
        );
      }, PATIENCE);
      expect(await tablesWith(databaseUrl(), secrets)).toEqual([]);
    }, 120_000);

    it('stands in no support bundle, and the bundle leads to the same states elsewhere', async () => {
      const orderId = await secretOrder(shop());
      await eventually(async () => expect(await shop().moneyOf(orderId)).toMatchObject({ captured: 1_250 }), PATIENCE);
      const { text, replay } = await bundled(orderId, { DATABASE_URL: databaseUrl(), ...masterKey() });
      for (const found of [orderId, 'OrderPlaced', 'PaymentCaptured', 'ShipmentDelivered', 'StockReserved', 'FulfillmentBrokered'])
        expect(text).toContain(found);
      expect(anyCoat(secrets).filter((secret) => text.includes(secret))).toEqual([]);
      expect(replay.code).toBe(0);
      for (const service of ['order', 'inventory', 'payment-verification', 'fulfillment-routing', 'shipping'])
        expect(replay.text).toMatch(new RegExp(`^${service} .*the same state`, 'm'));
    }, 120_000);

    it('is known to be nowhere after the person was erased, by the word of every service; nor is it in what they wrote or said', async () => {
      const { ask, place, stock, post, get, deliver } = shop();
      const [location, sku, customerId] = [unique('LDN'), unique('SKU'), unique('erased')];
      await stock(location, [{ sku, quantity: 1 }]);
      const customer = { id: customerId, name: personal.name, email: personal.email, phone: personal.phone };
      const orderId = await place(orderOf([{ sku, quantity: 1 }], { customer }));
      await deliver(orderId);
      // What is refused is nowhere kept, and nobody says what stood in it.
      const refused = await ask('POST', '/orders', { key: unique('key'), body: { ...orderOf([], { customer }), note: personal.street } });
      expect(refused.status).toBe(422);
      const before = await post('/customers/export', unique('key'), { customerId });
      expect(before).toMatchObject({ orders: [orderId], missing: [] });
      expect(JSON.stringify(before)).toContain(personal.email);
      const { erasureId } = await eventually(() => post('/customers/erasures', unique('key'), { customerId }), PATIENCE);
      await eventually(
        async () => expect(await get(`/customers/erasures/${String(erasureId)}`)).toMatchObject({ status: 'erased', missing: [] }),
        PATIENCE,
      );
      const after = await post('/customers/export', unique('key'), { customerId });
      expect(secrets.filter((secret) => JSON.stringify(after).includes(secret))).toEqual([]);
      await requireForgotten(places, orderId);
    }, 120_000);
  });
};
