import { eventually } from '@cartage/testkit';
import { heading, rowOf } from '../browser.fixture';
import { labelled, type Served } from '../served.fixture';
import type { Pages } from '../site.fixture';

const CHANNEL = 'money-shop';
const SKU = 'LEDGER';

const order = {
  customer: { id: 'money-customer', name: 'Grace Hopper', email: 'grace@example.com' },
  shipTo: { lines: ['1 High Street'], city: 'Leeds', postalCode: 'LS1 4AP', country: 'GB' },
  currency: 'GBP',
  lines: [{ lineId: '1', sku: SKU, quantity: 2, unitPrice: 1_250 }],
  payment: { method: 'card', token: 'tok_visa' },
};

const mapping = {
  columns: { kind: 'Type', orderNumber: 'Order', gross: 'Gross', fee: 'Fee', settledAt: 'Day' },
  kinds: { Sale: 'charge' },
  ...{ currency: 'GBP', dateFormat: 'dd/MM/yyyy', delimiter: ';' },
};

const fileOf = (rows: readonly string[]): string => ['Type;Order;Gross;Fee;Day', ...rows, ''].join('\n');
const shortRow = (number: string): string => `Sale;${number};20.00;0.50;20/11/2026`;

const firstOf = async ({ send }: Served, path: string): Promise<Readonly<Record<string, unknown>>> =>
  eventually(async () => {
    const [first] = (await send('GET', path))['items'] as readonly Readonly<Record<string, unknown>>[];
    if (!first) throw new Error(`Nothing is at ${path} yet.`);
    return first;
  });

/** An order that is on its way, and charged. */
const shipped = async (cartage: Served, number: string): Promise<void> => {
  const { orderId } = await cartage.send('PUT', `/channels/${CHANNEL}/orders/${number}`, order);
  const { path } = await labelled(cartage, String(orderId), [{ lineId: '1', quantity: 2 }]);
  await cartage.send('POST', `${path}/dispatch`, {});
};

const furnish = async (cartage: Served): Promise<void> => {
  const { send, url } = cartage;
  const place = { name: 'Leeds', kind: 'warehouse', country: 'GB', postalCode: 'LS1 4AP', latitude: 53.8, longitude: -1.55, active: true };
  await send('PUT', '/inventory/locations/MON-1', place);
  await send('POST', '/inventory/receipts', { location: 'MON-1', reference: 'PO-MON', lines: [{ sku: SKU, quantity: 50 }] });
  const seller = { name: 'Money Shop Ltd', address: ['1 High Street'], taxId: 'GB1', prefix: 'MON-', channels: [CHANNEL], countries: [] };
  await send('PUT', '/payments/legal-entities/money-seller', seller);
  await send('PUT', '/payments/settlement-sources/money-files', { overdueDays: 7, channels: [CHANNEL], mapping });
  await Promise.all(['LEDGER-1', 'LEDGER-2', 'LEDGER-3'].map((number) => shipped(cartage, number)));
  await eventually(async () => {
    const { items } = await send('GET', '/payments/outstanding?settlementSource=money-files');
    expect(items).toHaveLength(3);
  });
  const headers = { 'content-type': 'text/csv', 'idempotency-key': 'money-furnished' };
  const taken = {
    method: 'POST',
    headers,
    body: fileOf([shortRow('LEDGER-1'), 'Sale;NOBODY;9.00;0.00;20/11/2026', 'Sale;;x;0;20/11/2026']),
  };
  expect((await fetch(`${url}/payments/settlements?settlementSource=money-files`, taken)).status).toBe(200);
  await firstOf(cartage, '/payments/settlements/lines?settlementSource=money-files&outcome=short');
};

/** Settlements, what is outstanding, invoices, the journal and chargebacks. */
export const moneyPages: Pages = {
  name: 'Money',
  furnish,
  walks: [
    {
      path: '/money',
      ready: async (page) => {
        await rowOf(page, 'money-files').last().getByRole('button').click();
        await page.locator('.dialog fieldset').first().waitFor();
      },
    },
    { path: '/money/lines', ready: (page) => rowOf(page, 'LEDGER-1').waitFor() },
    { path: '/money/outstanding', ready: (page) => page.locator('.ages').first().waitFor() },
    { path: '/money/journal', ready: (page) => page.locator('.journal-lines').first().waitFor() },
  ],
  tests: (site) => {
    it('takes a file, shows what its lines come to, and closes a line that does not agree', async () => {
      const page = await site.open('/money');
      await page.getByRole('button', { name: 'Take a file' }).click();
      const dialog = page.getByRole('dialog', { name: 'Take a file' });
      await dialog.getByRole('combobox', { name: 'Source' }).selectOption('money-files');
      const buffer = Buffer.from(fileOf([shortRow('LEDGER-2')]));
      await dialog.locator('input[type=file]').setInputFiles({ name: 'payout.csv', mimeType: 'text/csv', buffer });
      await dialog.getByRole('button', { name: 'Take it' }).click();
      await heading(page, 'Settlement by money-files');
      await page.getByText('Short', { exact: true }).waitFor();
      await page.getByText('£19.50').first().waitFor();
      await page.getByRole('link', { name: 'Its lines' }).click();
      await rowOf(page, 'LEDGER-2').getByText('-£5.00').waitFor();
      await rowOf(page, 'LEDGER-2').getByRole('button').click();
      await page.getByLabel('How').selectOption('write-off');
      await page.getByLabel('Reason').fill('bank-charges');
      await page.getByRole('button', { name: 'Close it' }).click();
      await rowOf(page, 'LEDGER-2').getByText('Write off').waitFor();
    });

    it('opens what does not agree by the keyboard, and says which rows of a file could not be read', async () => {
      const page = await site.open('');
      await heading(page, 'Today');
      for (const key of ['g', 'm']) await page.keyboard.press(key);
      await heading(page, 'Settlements');
      await rowOf(page, 'money-files').first().waitFor();
      await page.goto(`${site.url()}/console/money/lines?open=true`);
      await rowOf(page, 'LEDGER-1').waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: 'Close what does not agree' }).getByText('Expected').waitFor();
      await page.keyboard.press('Escape');
      const { settlementId } = await firstOf(site.cartage(), '/payments/settlements/lines?settlementSource=money-files&outcome=unmatched');
      await page.goto(`${site.url()}/console/money/settlements/${String(settlementId)}`);
      await page.getByRole('region', { name: 'Rows that could not be read' }).last().getByText('Gross', { exact: true }).waitFor();
    });

    it('says how the files of a source are read, with the columns that a file of it has, and why that cannot be', async () => {
      const page = await site.open('/money');
      await page.getByRole('button', { name: 'Add a source' }).click();
      const dialog = page.getByRole('dialog', { name: 'Add a source' });
      await dialog.getByRole('textbox', { name: /^Name/ }).fill('money-courier');
      await dialog.locator('input[type=file]').setInputFiles({ name: 'cod.csv', mimeType: 'text/csv', buffer: Buffer.from('AWB,COD\n') });
      await dialog.locator('datalist option[value=AWB]').waitFor({ state: 'attached' });
      await dialog.getByRole('combobox', { name: 'Gross' }).fill('COD');
      await dialog.getByLabel('Lines that do not say their kind').selectOption('cod-remittance');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByRole('alert').waitFor();
      await dialog.getByRole('textbox', { name: /^Currency/ }).fill('INR');
      await dialog.getByRole('combobox', { name: 'Date', exact: true }).fill('AWB');
      await dialog.getByRole('combobox', { name: 'Tracking number' }).fill('AWB');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await rowOf(page, 'money-courier').waitFor();
    });

    it('shows what is outstanding by age and by stage, and each piece of it', async () => {
      const page = await site.open('/money/outstanding?settlementSource=money-files');
      await page
        .getByRole('region', { name: 'Who owes how much, since when' })
        .getByRole('row')
        .filter({ hasText: CHANNEL })
        .getByText(/^£\d+\.00$/)
        .first()
        .waitFor();
      await page.getByRole('region', { name: 'Where cash is locked' }).getByRole('row').filter({ hasText: CHANNEL }).waitFor();
      await page
        .getByRole('region', { name: 'What waits for a settlement' })
        .getByRole('row')
        .filter({ hasText: 'money-files' })
        .first()
        .waitFor();
      await page.getByRole('combobox', { name: 'Which' }).selectOption('overdue');
      await page.getByText('Nothing waits.').waitFor();
    });

    it('gives the reader an invoice, and the journal of some days', async () => {
      await firstOf(site.cartage(), `/payments/invoices?channel=${CHANNEL}`);
      const page = await site.open(`/money/invoices?channel=${CHANNEL}`);
      const [pdf] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'MON-00000001' }).click()]);
      expect(pdf.suggestedFilename()).toBe('MON-00000001.pdf');
      await page.goto(`${site.url()}/console/money/journal?from=2020-01-01`);
      await page.locator('.journal-lines').first().waitFor();
      const [csv] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()]);
      expect(csv.suggestedFilename()).toBe('journal-2020-01-01.csv');
      await page.getByLabel('To').fill('2020-01-31');
      await page.getByText('Nothing was booked in this time.').waitFor();
    });

    it('records a chargeback, its evidence and its outcome', async () => {
      const page = await site.open(`/money/chargebacks?channel=${CHANNEL}`);
      await page.getByRole('button', { name: 'Record a chargeback' }).click();
      const dialog = page.getByRole('dialog', { name: 'Record a chargeback' });
      await dialog.getByLabel('Order').fill('LEDGER-3');
      await dialog.getByLabel('Amount in GBP').fill('24.00');
      await dialog.getByLabel('Reason').fill('not-received');
      await dialog.getByRole('button', { name: 'Save' }).click();
      const row = rowOf(page, 'not-received');
      await row.getByText('£24.00').waitFor();
      await row.getByRole('button', { name: 'Give evidence' }).click();
      await page.getByLabel('Where it is').fill('POD-4711');
      await page.getByRole('button', { name: 'Save' }).click();
      await row.getByText('proof-of-delivery POD-4711').waitFor();
      await row.getByRole('button', { name: 'Record the outcome' }).click();
      await page.getByRole('button', { name: 'Save' }).click();
      await row.getByText('Won').waitFor();
    });
  },
};
