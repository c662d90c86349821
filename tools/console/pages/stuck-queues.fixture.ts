import { eventually } from '@cartage/testkit';
import type { Page } from 'playwright-core';
import { rowOf } from '../browser.fixture';
import { MARKET, marketTells, orderOf, type Served } from '../served.fixture';
import type { Pages } from '../site.fixture';
import { deed, panel } from './deed.fixture';

const [CHANNEL, SKU, PLACE] = ['stuck-desk', 'Q-STUCK', 'STU-1'];

const place = async ({ send }: Served, number: string, more: object = {}): Promise<string> => {
  const lines = [{ lineId: '1', sku: SKU, quantity: 2, unitPrice: 900 }];
  return String((await send('PUT', `/channels/${CHANNEL}/orders/${number}`, orderOf(SKU, { lines, ...more })))['orderId']);
};

/** How many orders it can begin a day. */
const opened = ({ send }: Served, dailyCapacity: number): Promise<unknown> => {
  const corner = { name: 'Corner', kind: 'warehouse', country: 'GB', postalCode: 'YO1 7HH', latitude: 53.9, longitude: -1.1, active: true };
  return send('PUT', `/inventory/locations/${PLACE}`, { ...corner, dailyCapacity });
};

/** Sold over the counter and paid for; goodwill that the bank of the customer does not take. */
const refused = async (cartage: Served): Promise<string> => {
  const { send } = cartage;
  const orderId = await place(cartage, 'STUCK-REFUND', {
    lines: [{ lineId: '1', sku: SKU, quantity: 2, unitPrice: 900, shipGroupId: 'till' }],
    shipGroups: [{ shipGroupId: 'till', method: 'carry-out', pickupLocation: PLACE }],
    payment: { method: 'card', token: 'tok_refund_decline' },
  });
  const payment = `/payments/${orderId}`;
  await eventually(async () => expect(await send('GET', payment)).toMatchObject({ money: { captured: 1_800 } }));
  await send('POST', `${payment}/refunds`, { amount: 500 });
  await eventually(async () => expect(await send('GET', payment)).toMatchObject({ attention: [{ matter: 'refund-failed' }] }));
  return orderId;
};

let refundOf: string;

const furnish = async (cartage: Served): Promise<void> => {
  await opened(cartage, 1);
  await cartage.send('POST', '/inventory/receipts', { location: PLACE, reference: 'PO-STU', lines: [{ sku: SKU, quantity: 20 }] });
  for (const number of ['STUCK-1', 'STUCK-2']) await place(cartage, number);
  refundOf = await refused(cartage);
  const { status } = await marketTells(cartage, {
    externalOrderId: 'STUCK-MARKET',
    changedAt: new Date().toISOString(),
    order: { lines: [] },
  });
  expect(status).toBe('refused');
};

/** As if its provider had kept silent, which takes an hour; answers with what somebody says of it. */
const neverAnswered = async (page: Page, { send }: Served): Promise<readonly unknown[]> => {
  const said: unknown[] = [];
  const account = (await send('GET', `/payments/${refundOf}`)) as { readonly attention: readonly object[] };
  const attention = account.attention.map((each) => ({ ...each, outcomeUnknown: true }));
  await page.route(`**/payments/${refundOf}`, (route) => route.fulfill({ json: { ...account, attention } }));
  await page.route(`**/payments/${refundOf}/refunds/*/outcome**`, async (route) => {
    const isPreview = new URL(route.request().url()).searchParams.has('preview');
    if (!isPreview) said.push(route.request().postDataJSON());
    await route.fulfill({ json: { preview: true, repeated: false, events: [], effect: { money: [], stock: [] } } });
  });
  return said;
};

const finding = {
  ...{ findingId: '0198f0c2-7b1e-7c3d-9f2a-00000000f00d', rule: 'confirmed-is-brokered', kind: 'missing', whose: 'services' },
  ...{ about: 'STUCK-9', key: 'STUCK-9', expected: 'Somebody is to ship it.', orderId: null, late: false, reason: null },
  ...{ causeId: null, causeType: 'OrderConfirmed', cameId: null, cameType: null, cameAt: null, closedAt: null, closedBy: null },
  ...{ since: '2026-11-28T08:00:00Z', foundAt: '2026-11-28T09:00:00Z' },
};

/** What the audit found: nothing, while nothing is broken. Answers with why it was closed. */
const withFinding = async (page: Page): Promise<readonly unknown[]> => {
  const closed: unknown[] = [];
  await page.route('**/audit/findings**', async (route) => {
    const request = route.request();
    if (request.method() === 'POST') closed.push(request.postDataJSON());
    const isOne = new URL(request.url()).pathname !== '/audit/findings';
    await route.fulfill({ json: isOne ? finding : { items: closed.length === 0 ? [finding] : [], next: null } });
  });
  return closed;
};

/** What is done about what does not go on by itself. */
export const stuckQueuesPages: Pages = {
  name: 'Queues of what is stuck',
  furnish,
  walks: [],
  tests: (site) => {
    it('has a location looked for again once there is one that can ship the order', async () => {
      const page = await site.open(`/queues/unfillable?channel=${CHANNEL}`);
      await page.locator('[data-row]').first().click();
      await panel(page).getByText('no location has capacity left').waitFor();
      const orderId = String(new URL(page.url()).searchParams.get('item'));
      await opened(site.cartage(), 9);
      await eventually(() => site.cartage().send('POST', `/fulfillment/orders/${orderId}/broker?preview=true`, {}));
      await deed(page, 'Look for a location again');
      await page.getByText('Nothing waits here.').waitFor();
    });

    it('keeps what a person found in the books of a provider that never said what became of a refund', async () => {
      const { page } = await site.reader();
      const said = await neverAnswered(page, site.cartage());
      await page.goto(`${site.url()}/console/queues/refund-failed?item=${refundOf}`);
      await panel(page).getByText('Its provider never said what became of it').waitFor();
      expect(await panel(page).getByRole('button', { name: 'Pay out in another way' }).count()).toBe(0);
      await deed(page, 'Say what became of it', (dialog) => dialog.getByLabel('The provider’s number of it').fill('re_4711'));
      expect(said).toEqual([{ outcome: 'done', reference: 're_4711' }]);
    });

    it('keeps that a refund that failed was paid out in another way', async () => {
      const page = await site.open(`/queues/refund-failed?item=${refundOf}`);
      await panel(page).getByText('account-closed').waitFor();
      await deed(page, 'Pay out in another way', (dialog) => dialog.getByLabel('Number of the transfer or receipt').fill('BACS-1'));
      await eventually(async () => expect(await site.cartage().send('GET', `/payments/${refundOf}`)).toMatchObject({ attention: [] }));
    });

    it('has a refused message of a channel taken again, and drops it when it is refused again', async () => {
      const page = await site.open('/queues/refused-messages');
      await rowOf(page, MARKET).getByRole('link').first().click();
      await deed(page, 'Have it taken again');
      await rowOf(page, MARKET).waitFor();
      await deed(page, 'Drop it');
      await rowOf(page, MARKET).waitFor({ state: 'detached' });
    });

    it('closes what the audit found, with a reason', async () => {
      const { page } = await site.reader();
      const closed = await withFinding(page);
      await page.goto(`${site.url()}/console/queues/audit-findings`);
      await rowOf(page, 'STUCK-9').getByRole('link').first().click();
      await deed(page, 'Close it', (dialog) => dialog.getByLabel('Why').fill('Shipped by hand.'));
      await page.getByText('Nothing waits here.').waitFor();
      expect(closed).toEqual([{ reason: 'Shipped by hand.' }]);
    });
  },
};
