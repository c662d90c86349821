import { eventually } from '@cartage/testkit';
import type { Page } from 'playwright-core';
import { heading, rowOf } from '../browser.fixture';
import { carrierTells, orderOf, toComeBack, type Served } from '../served.fixture';
import type { Pages } from '../site.fixture';
import { panel } from './deed.fixture';

const [SHORT, LAMP] = ['Q-SHORT', 'Q-LAMP'];

const place = ({ send }: Served, number: string, more: object = {}) => {
  const lines = [{ lineId: '1', sku: LAMP, quantity: 2, unitPrice: 900 }];
  return send('PUT', `/channels/desk/orders/${number}`, orderOf(LAMP, { lines, ...more }));
};

/** Sold over the counter, so that the customer has it at once, and is to come back. */
const withReturn = async (cartage: Served, number: string): Promise<void> => {
  const { orderId } = await place(cartage, number, {
    lines: [{ lineId: '1', sku: LAMP, quantity: 2, unitPrice: 900, shipGroupId: 'till' }],
    shipGroups: [{ shipGroupId: 'till', method: 'carry-out', pickupLocation: 'LDS-1' }],
  });
  await toComeBack(cartage, String(orderId));
};

const furnish = async (cartage: Served): Promise<void> => {
  const { send } = cartage;
  const leeds = { name: 'Leeds', kind: 'warehouse', country: 'GB', postalCode: 'LS1 4AP', latitude: 53.8, longitude: -1.5, active: true };
  await send('PUT', '/inventory/locations/LDS-1', leeds);
  await send('POST', '/inventory/receipts', { location: 'LDS-1', reference: 'PO-Q', lines: [{ sku: LAMP, quantity: 100 }] });
  const missing = { lines: [{ lineId: '1', sku: SHORT, quantity: 2, unitPrice: 900 }] };
  for (const number of ['DESK-SHORT', 'DESK-SHORTER']) await place(cartage, number, missing);
  await place(cartage, 'DESK-DEAR', { lines: [{ lineId: '1', sku: LAMP, quantity: 2, unitPrice: 500_000 }] });
  const { orderId } = await place(cartage, 'DESK-HELD');
  await send('POST', `/orders/${String(orderId)}/holds`, { type: 'operator', reason: { code: 'looked-into' } });
  const worked = await send(
    'PUT',
    '/channels/desk-work/orders/DESK-WORK',
    orderOf(LAMP, { lines: [{ lineId: '1', sku: LAMP, quantity: 1, unitPrice: 900 }] }),
  );
  await send('POST', `/orders/${String(worked['orderId'])}/holds`, { type: 'operator', reason: { code: 'looked-into' } });
  for (const number of ['TILL-1', 'TILL-2']) await withReturn(cartage, number);
};

/** An order whose promise of payment the provider would not take back. */
const withVoidFailed = async (cartage: Served): Promise<string> => {
  const { send } = cartage;
  const { orderId } = await place(cartage, 'DESK-VOID', { payment: { method: 'card', token: 'tok_void_decline' } });
  const payment = `/payments/${String(orderId)}`;
  await eventually(async () => expect(await send('GET', payment)).toMatchObject({ status: 'authorized' }));
  await send('POST', `/orders/${String(orderId)}/cancellations`, { reason: { code: 'other' }, by: 'operator' });
  await eventually(async () => expect(await send('GET', payment)).toMatchObject({ attention: [{ matter: 'void-failed' }] }));
  return String(orderId);
};

const queueLink = (page: Page, name: RegExp) => page.getByRole('navigation', { name: 'Queues' }).getByRole('link', { name });

const letter = {
  ...{ id: '17', group: 'order.inventory', topic: 'inventory.events', key: 'key-1', eventId: 'event-1', type: 'StockReserved' },
  ...{
    state: 'dead',
    error: 'It made no sense.',
    attempts: 5,
    behind: 2,
    storedAt: '2026-11-28T08:00:00Z',
    changedAt: '2026-11-28T08:00:00Z',
  },
};

/** A dead letter of the order service: none comes about while nothing is broken. */
const withDeadLetter = async (page: Page): Promise<readonly string[]> => {
  const sent: string[] = [];
  await page.route('**/operations/order/dead-letters**', async (route) => {
    const request = route.request();
    if (request.method() === 'POST') sent.push(new URL(request.url()).pathname);
    const whole = { ...letter, stack: 'Error: at listener', headers: {}, value: '{}', encoding: 'utf-8' };
    const isOne = new URL(request.url()).pathname.includes('/dead-letters/');
    await route.fulfill({ json: isOne ? whole : { items: sent.length === 0 ? [letter] : [], next: null } });
  });
  return sent;
};

/** What waits for a person, and what is done about it. */
export const queuesPages: Pages = {
  name: 'Queues',
  furnish,
  walks: [
    { path: '/queues', ready: (page) => page.locator('.queue-link .number').first().waitFor() },
    {
      path: '/queues/shortages?channel=desk',
      ready: async (page) => {
        await rowOf(page, 'DESK-SHORT').first().getByRole('link').first().click();
        await page.locator('.queue-deeds button').first().click();
        await page.locator('.effects').waitFor();
      },
    },
    {
      path: '/queues/returns-to-receive',
      ready: async (page) => {
        await page.locator('.find-item input').fill('TILL-2');
        await page.locator('.find-item input').press('Enter');
        await page.locator('.queue-scan .tallies').waitFor();
        await page.locator('.scan-field input').last().fill('HAT');
        await page.locator('.scan-field input').last().press('Enter');
        await page.locator('.scan-mark .mark').waitFor();
      },
    },
  ],
  tests: (site) => {
    it('counts each queue, and lets a shortage be resolved by the keyboard, once it was seen what that does', async () => {
      const page = await site.open('');
      await heading(page, 'Today');
      await page.keyboard.press('g');
      await page.keyboard.press('q');
      await heading(page, 'Queues');
      await queueLink(page, /^Shortages\s*\d+\s*oldest/).press('Enter');
      await heading(page, 'Shortages');
      await rowOf(page, 'DESK-SHORTER').getByRole('link').press('Enter');
      await panel(page).getByText('0 of 2 in stock').waitFor();
      await panel(page)
        .getByRole('button', { name: `Resolve the shortage: ${SHORT}` })
        .press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Resolve the shortage' });
      const choice = dialog.getByLabel('What becomes of it');
      for (const key of ['ArrowDown', 'ArrowDown']) await choice.press(key);
      expect(await dialog.getByRole('button', { name: 'Resolve the shortage' }).isDisabled()).toBe(true);
      await choice.press('End');
      await dialog.getByText(`Wanted: -2 × ${SHORT}`).waitFor();
      await dialog.getByRole('button', { name: 'Resolve the shortage' }).press('Enter');
      await page.getByRole('status').filter({ hasText: 'Done: Resolve the shortage' }).waitFor();
      await rowOf(page, 'DESK-SHORTER').waitFor({ state: 'detached' });
    });

    it('releases a hold that is found by its kind, and keeps the filter in the address', async () => {
      const page = await site.open('/queues/holds');
      await page.getByRole('combobox', { name: 'Held by' }).selectOption('operator');
      await rowOf(page, 'DESK-DEAR').waitFor({ state: 'detached' });
      expect(new URL(page.url()).search).toBe('?hold=operator');
      await rowOf(page, 'DESK-HELD').getByRole('link').first().click();
      await panel(page).getByRole('button', { name: 'Release this hold' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Release this hold' }).click();
      await rowOf(page, 'DESK-HELD').waitFor({ state: 'detached' });
      await panel(page).getByText('In fulfilment').waitFor();
    });

    it('is worked on by the keyboard: taken, written about, let sleep, and neither shown nor counted then', async () => {
      const page = await site.open('/queues/holds?channel=desk-work');
      await page.locator('[data-row]').press('Enter');
      await panel(page).getByText('Nobody works on it.').waitFor();
      await page.keyboard.press('a');
      await panel(page).getByText('You work on it.').waitFor();
      await page.keyboard.press('n');
      await page.getByRole('dialog').getByLabel('Note').fill('Called twice.');
      await page.getByRole('dialog').getByRole('button', { name: 'Write a note' }).press('Enter');
      await panel(page).getByText('Called twice.').waitFor();
      await rowOf(page, '1 note').getByText('you').waitFor();
      await page.getByRole('combobox', { name: 'Whose' }).selectOption('mine');
      await rowOf(page, '1 note').waitFor();
      expect(new URL(page.url()).searchParams.get('work')).toBe('mine');
      await panel(page).getByRole('heading', { level: 2 }).focus();
      await page.keyboard.press('z');
      await page.getByRole('dialog').getByLabel('Why').fill('The bank answers.');
      await page.getByRole('dialog').getByRole('button', { name: 'Let it sleep' }).press('Enter');
      await panel(page).getByText('The bank answers.').first().waitFor();
      await rowOf(page, '1 note').waitFor({ state: 'detached' });
      await page.getByRole('combobox', { name: 'Whose' }).selectOption('snoozed');
      await rowOf(page, '1 note').waitFor();
      await panel(page).getByRole('button', { name: 'Wake it' }).click();
      await page.getByText('Nothing waits here.').waitFor();
    });

    it('lists what one is to do about orders by when it is due, once somebody wanted it on the page of an order', async () => {
      await site.cartage().send('PUT', '/channels/task-shop/orders/TASK-1', orderOf(SHORT));
      const page = await site.open('/orders?channel=task-shop');
      await rowOf(page, 'TASK-1').getByRole('link').first().click();
      const tasks = page.getByRole('region', { name: 'Tasks' });
      await tasks.getByRole('button', { name: 'New task' }).click();
      const dialog = page.getByRole('dialog', { name: 'New task' });
      await dialog.getByLabel('What is to be done').and(page.locator(':focus')).fill('Call them, @api.');
      const year = new Date().getFullYear() + 2;
      await dialog.getByLabel('Until').fill(`${year}-01-02T10:00`);
      await dialog.getByRole('button', { name: 'New task' }).click();
      await tasks.locator('.mention', { hasText: '@api' }).waitFor();
      await tasks.getByText('Nobody’s').waitFor();
      await page.goto(`${site.url()}/console/queues/my-tasks`);
      await rowOf(page, 'Call them').getByText('TASK-1').waitFor();
      await rowOf(page, 'Call them')
        .getByText(new RegExp(String(year)))
        .waitFor();
      await page.getByRole('link', { name: 'Call them, @api.' }).click();
      await panel(page).getByRole('button', { name: 'Done' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
      await rowOf(page, 'Call them').waitFor({ state: 'detached' });
    });

    it('decides a payment under review, with a reason', async () => {
      const page = await site.open('/queues/payment-review?channel=desk');
      await page.locator('[data-row]').click();
      await panel(page).getByText('Risk').waitFor();
      await panel(page).getByRole('button', { name: 'Accept' }).click();
      const accept = page.getByRole('dialog').getByRole('button', { name: 'Accept' });
      expect(await accept.isDisabled()).toBe(true);
      await page.getByRole('dialog').getByLabel('Why').fill('Called back; it is genuine.');
      await accept.click();
      await page.getByText('Nothing waits here.').waitFor();
    });

    it('receives a return and grades it by a scanner that types, without the pointer', async () => {
      const page = await site.open('/queues/returns-to-receive');
      await heading(page, 'Returns to receive');
      const reads = async (text: string, field: string, end = 'Enter'): Promise<void> => {
        await page.locator('.scan-field', { hasText: field }).locator('input:focus').waitFor();
        await page.keyboard.type(text);
        await page.keyboard.press(end);
      };
      await reads('TILL-1', 'Scan or type a return');
      await reads(LAMP, 'Scan a unit', 'Tab');
      await panel(page).getByText('1 of 2').waitFor();
      await reads(LAMP, 'Scan a unit');
      await panel(page).getByText('all there').waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.type('LDS-1');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await panel(page).getByText(`In hand: ${LAMP}`).waitFor();
      for (const [digit, left] of [
        ['1', '2 asked, 2 received, 1 graded'],
        ['3', '2 asked, 2 received, 2 graded'],
      ] as const) {
        await reads(digit, 'Scan a unit, or its grade');
        await panel(page).getByText(left).waitFor();
      }
    });

    it('has a promise given back that the provider would not take', async () => {
      const orderId = await withVoidFailed(site.cartage());
      const page = await site.open(`/queues/void-failed?item=${orderId}`);
      await panel(page).getByText('already-settled').waitFor();
      await panel(page).getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('status').filter({ hasText: 'Done: Try again' }).waitFor();
      await panel(page).getByText('Dealt with: Try again').waitFor();
    });

    it('drops a scan of a parcel that nobody knows, for a reason, and opens what else waits of shipping, money, channels and the audit', async () => {
      await carrierTells(site.cartage(), 'Q-UNKNOWN', 'DELIVERED');
      const page = await site.open('/queues/parked-facts?teller=carrier');
      await rowOf(page, 'Q-UNKNOWN').getByRole('link').click();
      await panel(page).getByRole('button', { name: 'Drop it' }).click();
      await page.getByRole('dialog').getByLabel('Why').fill('Not our parcel.');
      await page.getByRole('dialog').getByRole('button', { name: 'Drop it' }).click();
      await rowOf(page, 'Q-UNKNOWN').waitFor({ state: 'detached' });
      for (const name of [
        'Labels refused',
        'Not delivered',
        'Claims on carriers',
        'Settlements that do not agree',
        'Refused messages of channels',
      ]) {
        await queueLink(page, new RegExp(`^${name}`)).click();
        await heading(page, name);
        await page.getByText(/^Nothing waits here\.$|items? shown$/).waitFor();
      }
    });

    it('has a dead letter taken again', async () => {
      const page = await site.open('');
      const sent = await withDeadLetter(page);
      await page.goto(`${site.url()}/console/queues/dead-letters`);
      await rowOf(page, 'It made no sense.').getByRole('link').click();
      await panel(page).getByText('What came').click();
      await panel(page).getByRole('button', { name: 'Have it taken again' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Have it taken again' }).click();
      await page.getByText('Nothing waits here.').waitFor();
      expect(sent).toEqual(['/operations/order/dead-letters/17/send']);
    });
  },
};
