import { randomUUID } from 'node:crypto';
import { orderOf, type Calls, type Json } from './calls.fixture';
import { consoleCalls } from './console.calls.fixture';

const reason = { code: 'customer-asked', detail: 'By telephone.' };

const placed = async ({ post }: Calls, more: Json = {}): Promise<string> =>
  String((await post('/orders', orderOf(1_000, more)))['orderId']);

/** What was delivered as a download is sent once more. */
const sendAgain = async (calls: Calls): Promise<void> => {
  const { once, post } = calls;
  const download = await placed(calls, {
    ...{ shipTo: undefined, shipping: undefined },
    lines: [{ sku: 'E-BOOK', quantity: 1, unitPrice: 900, shipGroupId: 'download' }],
    shipGroups: [{ shipGroupId: 'download', method: 'digital', reference: 'KEY-1' }],
  });
  await once(`/orders/${download}`, { status: 'completed' });
  await post(`/orders/${download}/ship-groups/download/resend`, { reason });
};

/** What whoever bought it sees and does by a link. */
const customerCalls = async ({ ask, get, post }: Calls, orderId: string): Promise<void> => {
  const links = `/orders/${orderId}/links`;
  const { path, linkId } = await post(links, { days: 7 });
  await post('/orders/0199a3c4-7b1e-7c3d-9f2a-000000000000/links', {});
  await post(links, { days: 0 });
  const page = String(path);
  for (const view of ['', '&view=cancel', '&view=address']) await get(`${page}?lang=de${view}`);
  await get('/orders/links/guessed/page?from=-1');
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  for (const sent of ['step=check&units%2F1=1', 'step=cancel', 'address%2Fcity=%00']) await ask('POST', page, sent, form);
  await ask('POST', page, {});
  await ask('DELETE', `${links}/${String(linkId)}`);
  await ask('DELETE', `${links}/0199a3c4-7b1e-7c3d-9f2a-000000000000`);
  expect(await ask('DELETE', links)).toEqual({ revoked: 0 });
  expect(await get(links)).toMatchObject({ items: [{ linkId, revokedAt: expect.any(String) }] });
};

/** Everything that is done to an order before it is handed over. */
export const changeCalls = async (calls: Calls): Promise<void> => {
  const { post, get, once, itemsOf, ask } = calls;
  const orderId = await placed(calls);
  const order = `/orders/${orderId}`;
  await once(`/shipping/shipments?orderId=${orderId}&status=to-pack`, { items: [{ orderId }] });
  await post(`${order}/holds`, { type: 'address', reason });
  const { holds } = await get(order);
  const [{ holdId } = {}] = holds as readonly Json[];
  await post(`${order}/holds/${String(holdId)}/release`, {});
  await post(`${order}/edits`, { reason, change: [{ lineId: '1', quantity: 1 }] });
  await once(`${order}/versions`, { items: [{}, {}] });
  await get(`${order}/versions/compare?from=1&to=2`);
  const shipTo = { lines: ['2 High Street'], city: 'London', postalCode: 'EC1A 1BB', country: 'GB' };
  await post(`${order}/destination`, { reason, shipTo });
  await customerCalls(calls, orderId);
  await post(`${order}/cancellations`, { reason, by: 'customer' });
  await once(order, { status: 'cancelled' });
  await itemsOf(`${order}/cancellations`);

  await ask('PUT', '/channels/market/orders/MX-CANCEL', orderOf(1_000));
  await post('/channels/market/orders/MX-CANCEL/cancellations', { reason });

  const short = await placed(calls, { lines: [{ lineId: '1', sku: 'NOWHERE', quantity: 1, unitPrice: 100 }] });
  await once(`/orders/${short}`, { status: 'on-hold' });
  await post(`/orders/${short}/shortages/1`, { choice: 'wait', reason });

  await sendAgain(calls);

  const declined = await placed(calls, { payment: { method: 'card', token: 'tok_insufficient' } });
  await once(`/orders/${declined}`, { holds: [{ type: 'payment-declined' }] });
  await post(`/orders/${declined}/payments`, { payments: [{ method: 'card', token: 'tok_visa' }] });

  const { fulfillments } = await once(`/fulfillment/orders/${declined}`, { fulfillments: [{ status: 'brokered' }] });
  const [{ fulfillmentId } = {}] = fulfillments as readonly Json[];
  const fulfillment = `/fulfillment/fulfillments/${String(fulfillmentId)}`;
  await post(`${fulfillment}/accept`);
  await post(`${fulfillment}/hold`, { reason: 'stocktaking' });
  await post(`${fulfillment}/release`);
  await post(`${fulfillment}/split`, { lines: [{ lineId: '1', quantity: 1 }], reason: 'too-heavy' });
  const parted = [{ status: 'rejected' }, { status: 'brokered' }, { status: 'brokered' }];
  const [, stays] = (await once(`/fulfillment/orders/${declined}`, { fulfillments: parted }))['fulfillments'] as readonly Json[];
  const location = stays?.['location'] === 'LDN' ? 'MAN' : 'LDN';
  await post(`/fulfillment/fulfillments/${String(stays?.['fulfillmentId'])}/move`, { location, reason: 'too-busy' });
};

/** Orders that came before Cartage, and orders of a channel that waits for a person. */
export const entranceCalls = async (calls: Calls): Promise<void> => {
  const { ask, get, post, itemsOf, once } = calls;
  const line = JSON.stringify({ channel: 'old', externalOrderId: 'OLD-1' });
  const { importId } = await ask('POST', '/imports', `${line}\n`, { 'content-type': 'application/x-ndjson' });
  await get(`/imports/${String(importId)}`);
  await itemsOf(`/imports/${String(importId)}/rejections`);
  await itemsOf('/imports');

  for (const externalOrderId of ['P-1', 'P-2'])
    await ask(
      'PUT',
      `/channels/parking/orders/${externalOrderId}`,
      orderOf(1_000, { lines: [{ sku: 'UNHEARD-OF', quantity: 1, unitPrice: 1 }] }),
    );
  const { items } = await once('/channels/parking/parked', { items: [{}, {}] });
  expect(await itemsOf('/channels/parked-placements')).toEqual(items);
  const [first, second] = (items as readonly Json[]).map(({ orderId }) => `/channels/parking/parked/${String(orderId)}`);
  await post(`${first}/resubmit`, { asItIs: true });
  await ask('DELETE', `${second}`);
};

/** What customers are promised. */
export const promiseCalls = async (calls: Calls): Promise<void> => {
  const { put, get, post, itemsOf, once } = calls;
  const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
  await put('/promises/calendars/GB', { weekdays, closedOn: ['2026-12-25'] });
  const terms = { timeZone: 'Europe/London', cutOff: '14:00', processingDays: 1, transitDays: { least: 1, most: 2 } };
  await put('/promises/policies/promised-gb', { ...terms, channel: 'promising', country: 'GB', carrierCalendar: 'GB', active: true });
  await itemsOf('/promises/policies');
  await itemsOf('/promises/calendars');
  await get('/promises/policies/promised-gb');
  await get('/promises/calendars/GB');
  await post('/promises/quote', { channel: 'promising', destination: { country: 'GB', postalCode: 'EC1A 1BB' } });
  await placed(calls, { shipping: { amount: 0, shipBy: new Date(Date.now() + 8_000).toISOString() } });
  await once('/promises/kept?by=method', { items: [{ value: 'ship' }] });
  await once('/promises/late', { items: [{ deadline: 'ship-by' }] });
  await get('/promises/models/transit');
};

/** What customer service looks at. */
export const deskCalls = async (calls: Calls): Promise<void> => {
  const { post, put, get, once, itemsOf } = calls;
  const customerId = 'desk-customer';
  const orderId = await placed(calls, { customer: { id: customerId, name: 'Grace Hill', email: 'grace@example.org' } });
  const order = `/orders/${orderId}`;
  await once(order, { status: 'in-fulfillment' });
  await get(`${order}/desk`);
  await get('/orders/counts');
  await get('/orders/counts?channel=web');
  await consoleCalls(calls, orderId);
  const { events } = await get(`${order}/audit`);
  const [{ eventId } = {}] = events as readonly Json[];
  await get(`/operations/order/events/${String(eventId)}`);
  const graph = await get(`/operations/order/events/${String(eventId)}/graph`);
  await get(`/operations/order/correlations/${correlationIn(graph)}`);
  await get(`${order}/diff?from=1&to=3`);
  await get(`/payments/${orderId}/diff?from=1&to=2`);
  await post('/customers/search', { email: 'grace@example.org' });
  await post(`${order}/notes`, { text: 'Wants a gift box. @anna' });
  await itemsOf(`${order}/notes`);
  await post(`${order}/tasks`, { title: 'Call the customer.', assignee: 'anna' });
  const { items } = await once(`/tasks?orderId=${orderId}`, { items: [{}] });
  const [{ taskId } = {}] = items as readonly Json[];
  await put(`${order}/tasks/${String(taskId)}/assignee`, { assignee: 'ben' });
  await post(`${order}/tasks/${String(taskId)}/done`);
};

const correlationIn = (graph: Json): string => {
  const found = /"correlationId":"([^"]+)"/.exec(JSON.stringify(graph));
  if (!found?.[1]) throw new Error('The graph names no correlation.');
  return found[1];
};

/** The past, with a location closed. */
const forkCalls = async ({ ask, get, post, once, itemsOf }: Calls): Promise<void> => {
  const from = new Date(Date.now() - 3_600_000).toISOString();
  const over = { capacity: [{ location: 'LDN', perDay: 5 }], stock: [{ sku: 'MUG', location: 'MAN', units: 5 }], closed: ['LDN'] };
  const { forkId } = await post('/fulfillment/forks', { from, rules: '1', ...over, note: 'Without London.' });
  const fork = `/fulfillment/forks/${String(forkId)}`;
  await once(fork, { status: 'done' });
  expect(await itemsOf(`${fork}/orders`)).not.toEqual([]);
  expect(await itemsOf(`${fork}/capacity`)).not.toEqual([]);
  await post('/fulfillment/forks', { from, rules: '1', learned: ['look-ahead'] });
  expect(await itemsOf('/fulfillment/forks')).toHaveLength(1);
  await get('/fulfillment/forks?limit=1');
  await ask('DELETE', fork);
};

/** What orders are routed by. */
export const routingRulesCalls = async (calls: Calls): Promise<void> => {
  const { get, post, itemsOf } = calls;
  const { rules } = await get('/fulfillment/rules/settings');
  const [why, path] = [{ note: 'Less split in France.' }, '/fulfillment/rules'];
  const exceptions = [{ countries: ['FR'], change: { maxSplit: 1 } }];
  for (const version of ['1', '2']) {
    await post(path, { ...why, rules: { ...(rules as Json), exceptions } });
    await post(`${path}/${version}/activation`, why);
  }
  await get(`${path}/1`);
  await get(`${path}/1/trial`);
  await get('/fulfillment/models/look-ahead');
  await post(`${path}/rollback`, why);
  expect(await itemsOf(path)).toHaveLength(2);
  await forkCalls(calls);
};

/** What nobody knows, and what nobody can mean. */
export const refusedCalls = async ({ get, post }: Calls): Promise<void> => {
  const nobody = randomUUID();
  for (const path of [
    `/orders/${nobody}`,
    `/payments/${nobody}`,
    `/returns/${nobody}`,
    `/shipping/shipments/${nobody}`,
    `/shipping/waves/${nobody}`,
    '/orders?cursor=x',
    '/orders/x',
  ])
    expect(await get(path)).toMatchObject({ code: expect.any(String) });
  expect(await post('/orders', { lines: 'none' })).toMatchObject({ code: 'REQUEST_INVALID' });
};
