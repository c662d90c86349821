import { createHmac } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import { orderOf, type Calls, type Json } from './calls.fixture';

/** Brokered, and not packed. */
const waiting = async ({ post, once }: Calls, token: string): Promise<string> => {
  const orderId = String((await post('/orders', orderOf(1_000, { payment: { method: 'card', token } })))['orderId']);
  await once(`/shipping/shipments?orderId=${orderId}&status=to-pack`, { items: [{ orderId }] });
  return orderId;
};

const packedAndGone = async (calls: Calls, token: string): Promise<string> => {
  const { post, once } = calls;
  const orderId = await waiting(calls, token);
  const { items } = await once(`/shipping/shipments?orderId=${orderId}&status=to-pack`, { items: [{ orderId }] });
  const [{ shipmentId } = {}] = items as readonly Json[];
  const shipment = `/shipping/shipments/${String(shipmentId)}`;
  await post(`${shipment}/pack`, { parcels: [{ weightGrams: 800, lines: [{ lineId: '1', quantity: 2 }] }] });
  await once(shipment, { status: 'labelled' });
  await post(`${shipment}/dispatch`);
  return orderId;
};

/** Rules are drafted, tried, activated and put back. */
export const ruleCalls = async ({ post, get, itemsOf }: Calls): Promise<void> => {
  for (const learned of ['/payments/models/risk', '/payments/reports/learned-risk']) await get(learned);
  const [first] = await itemsOf('/payments/verification-rules');
  const shown = await get(`/payments/verification-rules/${String(first?.['version'])}`);
  const drafted = await post('/payments/verification-rules', { note: 'Fewer false alarms.', rules: shown['rules'] });
  const version = `/payments/verification-rules/${String(drafted['version'])}`;
  await get(`${version}/trial`);
  await post(`${version}/activation`, { note: 'As tried.' });
  await post('/payments/verification-rules/rollback', { note: 'After all not.' });
};

/** A person says what is known already of money that moved: it is so. */
const saidAgain = async ({ post, get }: Calls, { orderId, of }: { readonly orderId: string; readonly of: 'captures' | 'voids' }) => {
  const { money } = await get(`/payments/${orderId}`);
  const [moved = {}] = (money as { readonly [Of in 'captures' | 'voids']: readonly Json[] })[of];
  const id = String(moved['captureId'] ?? moved['voidId']);
  await post(`/payments/${orderId}/${of}/${id}/outcome`, { outcome: 'done', reference: moved['reference'] });
};

/** What a person does where money is stuck. */
export const interventionCalls = async (calls: Calls): Promise<void> => {
  const { post, get, once } = calls;
  const orderId = await packedAndGone(calls, 'tok_visa');
  await once(`/payments/${orderId}`, { money: { captured: 2_000 } });
  await post(`/payments/${orderId}/refunds`, { amount: 500 });
  await once(`/payments/${orderId}`, { money: { refunded: 500 } });

  const refused = await packedAndGone(calls, 'tok_refund_decline');
  await once(`/payments/${refused}`, { money: { captured: 2_000 } });
  await post(`/payments/${refused}/refunds`, { amount: 700 });
  const refundId = await stuck(calls, refused, 'refund-failed');
  await post(`/payments/${refused}/refunds/${refundId}/retry`);
  await stuck(calls, refused, 'refund-failed');
  await post(`/payments/${refused}/refunds/${refundId}/payout`, { tender: 'transfer', reference: 'BACS-1' });
  expect(await get(`/payments/${refused}`)).toMatchObject({ money: { refunded: 700 } });
  const outcome = `/payments/${refused}/refunds/${refundId}/outcome`;
  expect(await post(outcome, { outcome: 'not-done' })).toMatchObject({ code: 'OUTCOME_KNOWN' });
  await post(outcome, { outcome: 'done', reference: 'BACS-1' });

  const unpaid = await packedAndGone(calls, 'tok_capture_decline');
  await post(`/payments/${unpaid}/captures/${await stuck(calls, unpaid, 'capture-failed')}/retry`);

  const byHand = await waiting(calls, 'tok_visa');
  await post(`/payments/${byHand}/captures`, { amount: 100 });
  const kept = await waiting(calls, 'tok_void_decline');
  await post(`/orders/${kept}/cancellations`, { reason: { code: 'changed-mind' } });
  await post(`/payments/${kept}/voids/${await stuck(calls, kept, 'void-failed')}/retry`);
  await saidAgain(calls, { orderId, of: 'captures' });
  const freed = await waiting(calls, 'tok_visa');
  await post(`/orders/${freed}/cancellations`, { reason: { code: 'changed-mind' } });
  await once(`/payments/${freed}`, { money: { voided: 2_000 } });
  await saidAgain(calls, { orderId: freed, of: 'voids' });
};

/** What a person has to decide about, once there is something of this kind. */
const stuck = async ({ once }: Calls, orderId: string, matter: string): Promise<string> => {
  const { attention } = await once(`/payments/${orderId}`, { attention: [{ matter }] });
  const [{ subject } = {}] = attention as readonly Json[];
  return String(subject);
};

/** What is due is paid by a link; another link is taken back. */
export const payLinkCalls = async ({ ask, post, get, once }: Calls): Promise<void> => {
  const { orderId } = await post('/orders', orderOf(1_000, { payment: { method: 'card', token: 'tok_decline' } }));
  const payment = `/payments/${String(orderId)}`;
  await once(payment, { status: 'declined' });
  const first = await post(`${payment}/links`, { hours: 1 });
  await ask('DELETE', `${payment}/links/${String(first['linkId'])}`);
  const { token } = await post(`${payment}/links`, { send: true });
  const link = `/payments/links/${String(token)}`;
  expect(await get(link)).toMatchObject({ status: 'open', due: 2_000 });
  await get(`${link}/page`);
  expect(await post(`${link}/payments`)).toMatchObject({ status: 'begun', action: { kind: 'redirect' } });
  expect(await get(`${payment}/links`)).toMatchObject({ items: [{ status: 'revoked' }, { status: 'begun' }] });
};

/** A bank takes money back, and is answered. */
export const chargebackCalls = async (calls: Calls): Promise<void> => {
  const { post, get, once, itemsOf } = calls;
  const orderId = await packedAndGone(calls, 'tok_visa');
  await once(`/payments/${orderId}`, { money: { captured: 2_000 } });
  const { money } = await get(`/payments/${orderId}`);
  const [{ captureId } = {}] = (money as { readonly captures: readonly Json[] }).captures;
  // A capture is found by its id in a view, which may be a moment behind.
  const opened = await eventually(async () => {
    const answer = await post('/payments/chargebacks', { captureId, amount: 2_000, reasonCode: 'not-received' });
    expect(answer).toHaveProperty('chargebackId');
    return answer;
  });
  const chargeback = `/payments/chargebacks/${String(opened['chargebackId'])}`;
  await post(`${chargeback}/evidence`, { evidence: [{ kind: 'proof-of-delivery', reference: 'POD-1' }] });
  await post(`${chargeback}/outcome`, { outcome: 'won' });
  await itemsOf('/payments/chargebacks');
};

/** A gift card and a store credit: issued, looked at, topped up, corrected, frozen. */
export const balanceCalls = async ({ post, get, itemsOf }: Calls): Promise<void> => {
  const issued = await post('/payments/balances/gift-cards', { currency: 'GBP', amount: 5_000, cause: 'sold' });
  await post('/payments/balances/store-credits', { customerId: 'customer-7', currency: 'GBP', amount: 700, cause: 'goodwill' });
  await post('/payments/balances/lookup', { code: issued['code'] });
  const card = `/payments/balances/${String(issued['balanceId'])}`;
  await post(`${card}/credits`, { amount: 100, cause: 'topped-up' });
  await post(`${card}/adjustments`, { amount: -50, reasonCode: 'counted-wrong' });
  await post(`${card}/freeze`, { reasonCode: 'reported-stolen' });
  await post(`${card}/unfreeze`, { reasonCode: 'found-again' });
  expect(await get(card)).toMatchObject({ owed: 5_050, available: 5_050 });
  await get(`${card}/movements`);
  await itemsOf('/payments/balances');
};

/** Invoices of what was shipped, with the number of a legal entity. */
export const invoiceCalls = async (calls: Calls): Promise<void> => {
  const { put, get, once, itemsOf } = calls;
  const entity = { name: 'Cartage Trading Ltd', address: ['1 High Street', 'London'], taxId: 'GB123456789', prefix: 'GB-' };
  await put('/payments/legal-entities/gb', { ...entity, channels: ['web'], countries: ['GB'] });
  await itemsOf('/payments/legal-entities');
  const orderId = await packedAndGone(calls, 'tok_visa');
  const { items } = await once(`/payments/invoices?orderId=${orderId}`, { items: [{ orderId }] });
  const [{ documentId } = {}] = items as readonly Json[];
  await get(`/payments/${orderId}/invoices/${String(documentId)}/document.pdf`);
  await itemsOf('/payments/invoices/missing');
};

/** What the books say. */
export const bookCalls = async (calls: Calls): Promise<void> => {
  const { get, put, itemsOf } = calls;
  const [{ orderId } = {}] = await itemsOf('/payments');
  await get(`/payments/${String(orderId)}/explanation`);
  await get('/payments/verify');
  await itemsOf('/payments/journal');
  await get('/payments/journal.csv');
  const { accounts } = await get('/payments/journal/accounts');
  const [{ role } = {}] = accounts as readonly Json[];
  await put(`/payments/journal/accounts/${String(role)}`, { code: '1210', name: 'Payment providers' });
};

/** A provider says what it hands over, and for what. */
export const settlementCalls = async (calls: Calls): Promise<void> => {
  const { ask, post, put, get, once, itemsOf } = calls;
  const mapping = { columns: { kind: 'type', ownReference: 'order', gross: 'amount', settledAt: 'day' }, currency: 'GBP' };
  await put('/payments/settlement-sources/gateway', { overdueDays: 3, providers: ['simulated'], mapping });
  await itemsOf('/payments/settlement-sources');
  const orderId = await packedAndGone(calls, 'tok_visa');
  await once('/payments/outstanding?limit=200&settlementSource=gateway', { next: null });
  await once(`/payments/${orderId}`, { money: { captured: 2_000 } });
  const file = `type,order,amount,day\ncharge,${orderId},19.00,2026-11-20\ncharge,,x,2026-11-20\n`;
  const taken = await ask('POST', '/payments/settlements?settlementSource=gateway', file, { 'content-type': 'text/csv' });
  const settlement = `/payments/settlements/${String(taken['settlementId'])}`;
  const { items } = await once(`/payments/settlements/lines?orderId=${orderId}`, { items: [{ orderId, outcome: 'short' }] });
  const [{ settlementLineId } = {}] = items as readonly Json[];
  await post(`/payments/settlements/lines/${String(settlementLineId)}/resolution`, { resolution: 'write-off', reasonCode: 'bank-charges' });
  await get(settlement);
  await itemsOf(`${settlement}/rejections`);
  for (const list of ['settlements', 'payouts', 'outstanding/ageing', 'cash-cycle']) await itemsOf(`/payments/${list}`);
  await get(`/payments/cash-cycle/${orderId}`);
};

/** A provider tells of money that nothing here knows: it is parked, and a person drops it. */
export const webhookCalls = async ({ ask, get, itemsOf }: Calls): Promise<void> => {
  const at = new Date().toISOString();
  const captured = { id: 'n-1', kind: 'captured', at, reference: 'pay_nobody', number: 'c-1', currency: 'GBP', amount: 2_000 };
  const body = { notices: [captured, { ...captured, id: 'n-2' }] };
  const timestamp = Math.floor(Date.now() / 1_000);
  const signed = createHmac('sha256', 'simulated-payments')
    .update(`${timestamp}.${JSON.stringify(body)}`)
    .digest('hex');
  await ask('POST', '/payments/webhooks/simulated', body, { 'simulated-signature': `t=${timestamp},v1=${signed}` });
  await get('/payments/webhooks/parked?state=waiting');
  const [first] = await itemsOf('/payments/webhooks/parked');
  await ask('DELETE', `/payments/webhooks/parked/${String(first?.['provider'])}/${String(first?.['noticeId'])}`);
};
