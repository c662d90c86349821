import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '@cartage/eventsourcing';
import { eventually, tablesWith } from '@cartage/testkit';
import { orderOf, type Calls, type Json } from './calls.fixture';

/** Spelt like nothing else, so that finding it anywhere means that it is kept there. */
const person = {
  name: 'Ottoline Vandermeersch-Quist',
  email: 'ottoline.vandermeersch@mail.example',
  phone: '+44 7700 900872',
  street: '13 Thimblewick Passage',
};
const secrets: readonly string[] = [...Object.values(person), 'Thimblewick', 'vandermeersch', 'Vandermeersch', '7700900872', '900872'];
const account = 'person-calls-customer';

export interface Kept {
  readonly databaseUrl: string;
  readonly mailFolder: string;
  readonly deliver: (orderId: string) => Promise<Json>;
}

const mailsWith = (folder: string, text: string): readonly string[] =>
  readdirSync(folder).filter((file) => readFileSync(join(folder, file), 'utf8').includes(text));

const theirOrder = (more: Json = {}): Json =>
  orderOf(1_250, {
    customer: { id: account, name: person.name, email: person.email, phone: person.phone },
    shipTo: { lines: [person.street], city: 'London', postalCode: 'EC1A 1BB', country: 'GB' },
    raw: { buyer: person.name, contact: person.email },
    ...more,
  });

/** A life of an order with everything that tells of a person: messages, papers, a note, a return. */
const lived = async (calls: Calls, { deliver, mailFolder }: Kept): Promise<string> => {
  const { post, once } = calls;
  const orderId = String((await post('/orders', theirOrder()))['orderId']);
  await post(`/orders/${orderId}/notes`, { text: `Call ${person.name} at ${person.phone}.` });
  await deliver(orderId);
  await once(`/returns/orders/${orderId}/eligible-lines`, { lines: [{ quantity: 2 }] });
  const line = { lineId: '1', quantity: 1 };
  const back = `/returns/${String((await post('/returns', { orderId, lines: [{ ...line, reason: 'broken' }] }))['returnId'])}`;
  const open = await post('/customers/erasures', { email: person.email });
  expect(open).toMatchObject({ code: 'PERSON_HAS_OPEN_ORDERS' });
  await post(`${back}/receive`, { location: 'LDN', lines: [line] });
  await post(`${back}/grade`, { ...line, grade: 'A', disposition: 'restock' });
  await once(back, { status: 'closed' });
  await eventually(() => expect(mailsWith(mailFolder, person.email).length).toBeGreaterThan(1), { withinMs: 15_000 });
  return orderId;
};

/** Once no return of theirs is under way, as the order has heard. */
const erased = async ({ post, once }: Calls): Promise<Json> => {
  const { erasureId } = await eventually(
    async () => {
      const answer = await post('/customers/erasures', { email: person.email, reason: 'Ticket 4711' });
      expect(answer).toMatchObject({ erasureId: expect.any(String) });
      return answer;
    },
    { withinMs: 15_000 },
  );
  return once(`/customers/erasures/${String(erasureId)}`, { status: 'erased', missing: [] });
};

/** What is known of a person, and that nothing is after they were erased. */
export const personCalls = async (calls: Calls, kept: Kept): Promise<void> => {
  const { ask, get, post, itemsOf } = calls;
  const orderId = await lived(calls, kept);
  expect(await tablesWith(kept.databaseUrl, secrets)).toEqual([]);

  const known = await post('/customers/export', { email: person.email });
  const items = known['items'] as readonly { readonly service: string; readonly stream: string | null; readonly at: string }[];
  expect(known).toMatchObject({ orders: [orderId], customers: [account], missing: [] });
  const services = new Set(items.map(({ service }) => service));
  for (const service of ['order', 'payment-verification', 'shipping', 'returns', 'notifications', 'inventory', 'fulfillment-routing'])
    expect(services).toContain(service);
  for (const secret of [person.name, person.email, person.phone, person.street]) expect(JSON.stringify(items)).toContain(secret);
  expect(items.every(({ at, stream }) => at !== null && stream !== '')).toBe(true);
  await post('/operations/order/person', { orders: [orderId], customers: [account], keys: [], correlations: [] });

  const certificate = await erased(calls);
  const { hash, ...rest } = certificate;
  expect(hash).toBe(createHash('sha256').update(canonicalJson(rest)).digest('hex'));
  expect(certificate['services']).toHaveLength(7);
  expect(certificate).toMatchObject({ customers: [account], orders: [orderId], reason: 'Ticket 4711' });
  expect(JSON.stringify(certificate)).toContain('simulated');
  expect(await itemsOf('/customers/erasures?status=erased')).toMatchObject([{ orderCount: 1, missing: [] }]);

  expect(await tablesWith(kept.databaseUrl, secrets)).toEqual([]);
  expect(mailsWith(kept.mailFolder, person.email)).toEqual([]);
  expect(await post('/customers/search', { email: person.email })).toMatchObject({ orderCount: 0 });
  expect(await post('/customers/erasures', { email: person.email })).toMatchObject({ code: 'PERSON_UNKNOWN' });
  expect(await post('/customers/erasures', { customerId: account })).toEqual(certificate);
  const after = JSON.stringify(await post('/customers/export', { customerId: account }));
  for (const secret of secrets) expect(after).not.toContain(secret);
  const shown = await Promise.all(
    [`/orders/${orderId}/personal`, `/orders/${orderId}/notes`, `/orders/${orderId}/desk`].map((path) => get(path)),
  );
  for (const secret of secrets) expect(JSON.stringify(shown)).not.toContain(secret);

  // Whoever comes back has a key of their own, and what was erased stays so.
  const again = String((await post('/orders', theirOrder()))['orderId']);
  expect(await get(`/orders/${again}/personal`)).toMatchObject({ name: person.name });
  expect(JSON.stringify(await get(`/orders/${orderId}/personal`))).not.toContain(person.name);
  await ask('POST', '/customers/erasures', { customerId: account, whenOpen: 'wait' });
  expect(await itemsOf('/customers/erasures?status=waiting')).toMatchObject([{ orderCount: 2 }]);
};
