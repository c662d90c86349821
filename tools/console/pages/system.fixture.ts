import { readFile } from 'node:fs/promises';
import { eventually } from '@cartage/testkit';
import type { Page } from 'playwright-core';
import { heading, rowOf } from '../browser.fixture';
import { receiver } from '../receiver.fixture';
import { orderOf, type Served } from '../served.fixture';
import type { Pages } from '../site.fixture';

const CHANNEL = 'system-shop';
const SKU = 'SYSTEM-LAMP';
const EMAIL = 'grace@example.org';

/** Where events are posted to. */
let hooks: string;

/** An order of somebody who can be erased, for nothing of theirs is under way any more. */
const endedOrder = async ({ send }: Served, id: string, email: string): Promise<void> => {
  const lines = [{ lineId: '1', sku: SKU, quantity: 1, unitPrice: 4_000 }];
  const ordered = orderOf(SKU, { customer: { id, name: 'Grace Hopper', email }, lines });
  const { orderId } = await send('PUT', `/channels/${CHANNEL}/orders/${id}`, ordered);
  await send('POST', `/orders/${String(orderId)}/cancellations`, { reason: { code: 'changed-mind' }, by: 'customer' });
  await eventually(async () => expect(await send('GET', `/orders/${String(orderId)}`)).toMatchObject({ status: 'cancelled' }));
};

const furnish = async (cartage: Served): Promise<void> => {
  hooks = await receiver();
  await cartage.send('POST', '/subscriptions/webhook-endpoints', {
    url: hooks,
    note: 'The ERP.',
    type: ['OrderPlaced'],
    channel: [CHANNEL],
  });
  await endedOrder(cartage, 'system-1', 'lin@example.org');
  await endedOrder(cartage, 'system-2', EMAIL);
  await cartage.send('POST', '/customers/erasures', { email: 'lin@example.org', reason: 'Ticket 17' });
  await cartage.send('PUT', '/reporting/reports/system-orders', {
    sql: 'select count(*) as orders from fact_order',
    schedule: { cron: '0 6 * * *', timeZone: 'Europe/Berlin' },
  });
};

const openEndpoint = async (page: Page): Promise<void> => {
  await rowOf(page, 'The ERP.').getByRole('link').first().click();
  await page.locator('.system tbody [data-row]').first().waitFor();
};

/** The system: services, webhooks, replays, reports, people. */
export const systemPages: Pages = {
  name: 'System',
  furnish,
  walks: [
    { path: '/system', ready: (page) => page.locator('tbody .mark.good').nth(3).waitFor() },
    {
      path: '/system/services/order',
      ready: async (page) => {
        await page.locator('tbody .mark.good').first().waitFor();
        await page.locator('.system-list .mark.good').first().waitFor();
      },
    },
    {
      path: '/system/webhooks',
      ready: async (page) => {
        await openEndpoint(page);
        await page.locator('.system tbody [data-row]').first().click();
        await page.locator('dialog pre').first().waitFor();
      },
    },
    {
      path: '/system/people',
      ready: async (page) => {
        await page.locator('tbody [data-row]').last().click();
        await page.locator('.certificate-services').waitFor();
      },
    },
  ],
  tests: (site) => {
    it('says how each service is, and has a view made anew by the keyboard alone', async () => {
      const page = await site.open('');
      await heading(page, 'Today');
      await page.keyboard.press('g');
      await page.keyboard.press('y');
      await heading(page, 'System');
      await rowOf(page, 'Inventory').getByText('Works').waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await heading(page, 'Orders');
      await page.getByRole('listitem').filter({ hasText: 'Database' }).getByText('Works').waitFor();
      const view = rowOf(page, 'person_erasure');
      await view.getByRole('button', { name: 'Make anew' }).press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Make person_erasure anew' });
      await dialog.getByRole('button', { name: 'Make anew' }).press('Enter');
      await dialog.waitFor({ state: 'detached' });
      await view.getByRole('time').nth(1).waitFor();
    });

    it('shows the deadlines that a service has, as the address says which', async () => {
      const page = await site.open('/system/services/order');
      const deadlines = page.getByRole('region', { name: 'Deadlines' }).first();
      await deadlines.getByText('ErasureOverdue').first().waitFor();
      await deadlines.getByRole('combobox').selectOption('Overdue');
      await deadlines.getByText('It waits for nothing of this kind.').waitFor();
      expect(new URL(page.url()).search).toBe('?state=overdue');
    });

    it('makes an endpoint and shows its secret once, posts a test event, and pauses it with a way back', async () => {
      const page = await site.open('/system/webhooks');
      await page.getByRole('button', { name: 'New endpoint' }).click();
      await page.getByLabel('Address').fill(`${hooks}/made-here`);
      await page.getByLabel('Types of events').fill('OrderCompleted');
      await page.getByRole('button', { name: 'Make it' }).click();
      await page
        .getByRole('dialog', { name: 'The secret of this endpoint' })
        .getByText(/^whsec_/)
        .waitFor();
      await page.keyboard.press('Escape');
      await rowOf(page, 'made-here').getByRole('link').first().click();
      await page.getByRole('button', { name: 'Post a test event' }).click();
      await page.getByText('HTTP 200').waitFor();
      await page.getByRole('button', { name: 'Pause', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'Pause' });
      await dialog.getByLabel('Reason').fill('They move house.');
      await dialog.getByRole('button', { name: 'Pause' }).click();
      await page.locator('.main-heading').getByText('Paused').waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.locator('.main-heading').getByText('Takes events').waitFor();
    });

    it('rotates a secret, and shows what was sent and answered, and sends it again', async () => {
      const page = await site.open('/system/webhooks');
      await openEndpoint(page);
      await page.getByRole('button', { name: 'New secret' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'New secret' }).click();
      await page
        .getByRole('dialog', { name: 'The secret of this endpoint' })
        .getByText(/^whsec_/)
        .waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('link', { name: 'OrderPlaced' }).first().click();
      const dialog = page.getByRole('dialog', { name: 'OrderPlaced' });
      await dialog.getByText('"type": "OrderPlaced"').waitFor();
      await dialog.getByText('The answer').first().click();
      await dialog.getByText('Taken, thank you.').first().waitFor();
      await dialog.getByRole('button', { name: 'Send again' }).click();
      await dialog.getByText('HTTP 200').nth(1).waitFor();
    });

    it('asks for a replay, and shows it complete', async () => {
      const page = await site.open('/system/replays');
      await page.getByRole('button', { name: 'Ask for a replay' }).click();
      const dialog = page.getByRole('dialog', { name: 'Ask for a replay' });
      await dialog.getByRole('combobox', { name: 'To' }).selectOption({ label: hooks });
      await dialog.getByLabel('What for').fill('They were restored.');
      await dialog.getByRole('button', { name: 'Send once more' }).click();
      await rowOf(page, 'They were restored.').getByText('Complete').waitFor();
      await rowOf(page, 'They were restored.').getByText('100%').waitFor();
    });

    it('runs a report that is kept, and gives its file', async () => {
      const page = await site.open('/system/reports');
      await rowOf(page, 'system-orders').getByText('0 6 * * *').waitFor();
      await rowOf(page, 'system-orders').getByRole('button', { name: 'Run now' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Run now' }).click();
      const file = page.getByRole('button', { name: 'Download csv' });
      await file.first().waitFor();
      const [download] = await Promise.all([page.waitForEvent('download'), file.first().click()]);
      expect(await readFile(await download.path(), 'utf8')).toMatch(/^orders\r\n\d+/);
    });

    it('erases a person after it has shown what is known and they were named once more, and gives the certificate', async () => {
      const page = await site.open('/system/people');
      await page.getByLabel('E-mail').fill(EMAIL);
      await page.getByRole('button', { name: 'Show what is known' }).click();
      await page.getByText(/\d+ entries about 1 order\./).waitFor();
      await page.getByRole('button', { name: 'Erase this person' }).click();
      const dialog = page.getByRole('dialog', { name: 'Erase a person' });
      await dialog.getByText('Nothing of theirs is under way').waitFor();
      const erase = dialog.getByRole('button', { name: 'Erase this person' });
      expect(await erase.isDisabled()).toBe(true);
      await dialog.getByLabel(`Type ${EMAIL} once more`).fill('grace@example.com');
      expect(await erase.isDisabled()).toBe(true);
      await dialog.getByLabel(`Type ${EMAIL} once more`).fill(EMAIL);
      await erase.click();
      await heading(page, /^Erasure /);
      await page.locator('.main-heading').getByText('Erased').waitFor();
      const asked = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download the certificate' }).click();
      const certificate = JSON.parse(await readFile(await (await asked).path(), 'utf8')) as Readonly<Record<string, unknown>>;
      expect(certificate).toMatchObject({ status: 'erased', missing: [], hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    });
  },
};
