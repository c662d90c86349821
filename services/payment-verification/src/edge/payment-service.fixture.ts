import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  inventoryEvents,
  orderEvents,
  returnEvents,
  shippingEvents,
  Topics,
  type OrderEvent,
  type PublicEvent,
  type ShippingEvent,
} from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import { startAll } from '@cartage/service-kit';
import { eventually, onceShown, testDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { paymentVerificationService } from '../payment-verification.module';
import { goods } from './goods-voice.fixture';
import { voice, type Voice } from './voices.fixture';

type Json = Readonly<Record<string, unknown>>;
export type Body = Json & { readonly items?: readonly Json[] };
type OrderPlaced = DataOf<OrderEvent, 'OrderPlaced'>;

/** Asks the service at an address over HTTP. */
const client = (url: string) => {
  const address = (path: string) => `${url}/payments${path}`;
  const get = (path: string) =>
    onceShown(async () => {
      const response = await fetch(address(path));
      return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
    });
  const text = async (path: string) => {
    const response = await fetch(address(path));
    return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
  };
  const send = async (method: string, path: string, sent: unknown, headers: Readonly<Record<string, string>> = {}) => {
    const isText = typeof sent === 'string';
    const response = await fetch(address(path), {
      method,
      body: isText ? sent : JSON.stringify(sent),
      headers: { 'content-type': isText ? 'text/csv' : 'application/json', 'idempotency-key': randomUUID(), ...headers },
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
  };
  const remove = async (path: string) => {
    const response = await fetch(address(path), { method: 'DELETE' });
    return { status: response.status, body: (await response.json()) as Body };
  };
  return {
    ...{ get, text },
    post: (path: string, sent: unknown, headers?: Readonly<Record<string, string>>) => send('POST', path, sent, headers),
    remove,
    put: (path: string, sent: unknown) => send('PUT', path, sent),
  };
};

/** What the order service says. */
const orders = (order: Voice, now: string) => {
  /** Three mugs, with delivery; the whole total is paid in one way. */
  const place = async ({ method }: { readonly method: string }, total = 4000, changes: Partial<OrderPlaced> = {}): Promise<string> => {
    const orderId = randomUUID();
    const delivery = Math.min(500, total);
    await order.say(orderId, {
      type: 'OrderPlaced',
      data: {
        ...{ orderId, channel: 'web', placedAt: now, currency: 'GBP', taxIncluded: true, priority: 'standard', policies: {} },
        lines: [
          { lineId: '1', sku: 'MUG', quantity: 3, unitPrice: 1, discounts: [], taxLines: [], total: total - delivery, shipGroupId: '1' },
        ],
        shipGroups: [{ shipGroupId: '1', method: 'ship', destination: { country: 'GB' }, charge: delivery, taxLines: [] }],
        totals: { goods: total - delivery, discount: 0, shipping: delivery, tax: 0, total },
        payments: [{ paymentId: randomUUID(), method, amount: total }],
        personal: { key: `guest-${orderId}`, box: '' },
        ...changes,
      },
    });
    return orderId;
  };
  return { place, seal: order.seal, sayOrder: (orderId: string, event: PublicEvent) => order.say(orderId, event) };
};

type CarrierBillAssessed = DataOf<ShippingEvent, 'CarrierBillAssessed'>;
type ClaimTold = { readonly accepted: number } | { readonly paid: number } | { readonly refused: true };

/** What the shipping service says. */
const shipments = (shipping: Voice, now: string) => {
  const linesOf = (quantity: number) => [{ lineId: '1', sku: 'MUG', quantity }];
  const shipmentOf = (orderId: string, shipmentId: string, quantity: number) => ({
    ...{ shipmentId, orderId, fulfillmentId: randomUUID(), location: 'LON', carrier: 'simulated' },
    parcels: [{ parcelId: '1', trackingNumber: `T-${shipmentId}`, lines: linesOf(quantity) }],
    lines: linesOf(quantity),
  });
  const dispatch = async (orderId: string, quantity = 3): Promise<string> => {
    const shipmentId = randomUUID();
    await shipping.say(shipmentId, {
      type: 'ShipmentDispatched',
      data: { ...shipmentOf(orderId, shipmentId, quantity), dispatchedAt: now },
    });
    return shipmentId;
  };
  const deliver = (orderId: string, shipmentId: string, quantity = 3): Promise<void> =>
    shipping.say(shipmentId, {
      type: 'ShipmentDelivered',
      data: { ...shipmentOf(orderId, shipmentId, quantity), occurredAt: now, recordedAt: now },
    });
  /** A claim on the carrier of a parcel: what it accepts, refuses or has paid. */
  const claim = async (orderId: string, shipmentId: string, told: ClaimTold): Promise<void> => {
    const named = {
      claimId: shipmentId,
      shipmentId,
      orderId,
      parcelId: '1',
      trackingNumber: `T-${shipmentId}`,
      carrier: 'simulated',
      currency: 'GBP',
    };
    const reason = { code: 'too-late', by: 'carrier' };
    if ('accepted' in told)
      await shipping.say(orderId, { type: 'CarrierClaimAccepted', data: { ...named, amount: told.accepted, acceptedAt: now } });
    else if ('paid' in told) await shipping.say(orderId, { type: 'CarrierClaimPaid', data: { ...named, amount: told.paid, paidAt: now } });
    else await shipping.say(orderId, { type: 'CarrierClaimRefused', data: { ...named, reason, refusedAt: now } });
  };
  /** What a carrier bills for a label, the newest that shipping knows of it. */
  const bill = (billId: string, number: number, totals: CarrierBillAssessed['totals']): Promise<void> =>
    shipping.say(billId, { type: 'CarrierBillAssessed', data: { billId, carrier: 'simulated', number, totals, assessedAt: now } });
  return { dispatch, deliver, claim, bill };
};

/** What the returns service says. */
const returned = (returns: Voice, now: string) => {
  const refundDue = async (orderId: string, amount: number): Promise<string> => {
    const refundId = randomUUID();
    const parts = {
      goods: amount,
      tax: 0,
      delivery: 0,
      shipGroups: [],
      fee: 0,
      fees: [],
      lines: [{ lineId: '1', sku: 'MUG', quantity: 1 }],
    };
    await returns.say(orderId, {
      type: 'RefundDue',
      data: {
        orderId,
        returnId: randomUUID(),
        refundId,
        trigger: 'inspection',
        currency: 'GBP',
        amount,
        ...parts,
        tender: 'original',
        dueAt: now,
      },
    });
    return refundId;
  };
  return { refundDue };
};

/** The service over a real Postgres, heard and asked, beside voices of the services that it listens to. */
export const paymentService = async (settings: Readonly<Record<string, string>> = {}) => {
  const order = voice('order', Topics.order, Object.keys(orderEvents));
  const shipping = voice('shipping', Topics.shipping, Object.keys(shippingEvents));
  const returns = voice('returns', Topics.returns, Object.keys(returnEvents));
  const inventory = voice('inventory', Topics.inventory, Object.keys(inventoryEvents));
  const database = await testDatabase();
  const pool = new Pool({ connectionString: database.url, options: '-c search_path=payments' });
  const running = await startAll([order.service, shipping.service, returns.service, inventory.service, paymentVerificationService], {
    environment: {
      DATABASE_URL: database.url,
      MASTER_KEY_FILE: join(await mkdtemp(join(tmpdir(), 'cartage-payment-')), 'master.key'),
      PORT: '0',
      LOG_LEVEL: 'silent',
      PAYMENT_RECOVERY_SECONDS: '1',
      ...settings,
    },
  });
  const now = new Date().toISOString();
  const asked = client(running.url);
  const until = (orderId: string, expected: Json) =>
    eventually(async () => expect((await asked.get(`/${orderId}`)).body).toMatchObject(expected));

  return {
    ...{ now, pool, until, eventually, ...asked, metricsUrl: `${running.url}/metrics` },
    ...{ ...orders(order, now), ...shipments(shipping, now), ...returned(returns, now), ...goods(inventory, now) },
    /** As if all the time that anybody waits for had passed. */
    passDeadlines: () => pool.query(`update deadline set due_at = now(), next_at = now() where settled_at is null`),
    close: async () => {
      await running.close();
      await pool.end();
      await database.drop();
    },
  };
};
export type PaymentService = Awaited<ReturnType<typeof paymentService>>;
