import { readFile } from 'node:fs/promises';
import { eventually } from '@cartage/testkit';
import { heading, rowOf } from '../browser.fixture';
import { orderOf, type Served } from '../served.fixture';
import type { Pages } from '../site.fixture';

const CHANNEL = 'analytics-shop';

/** Two orders in pounds and one in euros. */
const furnish = async ({ send }: Served): Promise<void> => {
  const ordered = (currency: string, unitPrice: number) =>
    orderOf('ANALYTICS-PEN', { currency, lines: [{ lineId: '1', sku: 'ANALYTICS-PEN', quantity: 3, unitPrice }] });
  await send('PUT', `/channels/${CHANNEL}/orders/A-1`, ordered('GBP', 1_000));
  await send('PUT', `/channels/${CHANNEL}/orders/A-2`, ordered('GBP', 500));
  await send('PUT', `/channels/${CHANNEL}/orders/A-3`, ordered('EUR', 700));
  await eventually(async () => {
    const { figures } = await send('GET', `/reporting/questions/sales/figures?measure=orders&channel=${CHANNEL}`);
    expect(figures).toMatchObject([{ value: 3 }]);
  });
};

/** The questions of analysts, in pictures. */
export const analyticsPages: Pages = {
  name: 'Analytics',
  furnish,
  walks: [
    { path: '/analytics', ready: (page) => page.locator('.question').nth(5).waitFor() },
    {
      path: `/analytics/sales?channel=${CHANNEL}&measure=total&by=channel`,
      ready: async (page) => {
        await page.locator('.picture-lines').nth(1).waitFor();
        await page.locator('.answer tbody tr').nth(1).waitFor();
        await page.locator('.picture summary').first().click();
      },
    },
    {
      path: '/analytics/days_of_supply?measure=on_hand&by=sku',
      ready: async (page) => {
        await page.locator('.fresh, .analytics .state').first().waitFor();
        await page.locator('.sql').waitFor();
      },
    },
  ],
  tests: (site) => {
    it('lists every question that the service has, and opens one by the keyboard alone', async () => {
      const { items } = await site.cartage().send('GET', '/reporting/questions');
      const page = await site.open('');
      await heading(page, 'Today');
      await page.keyboard.press('g');
      await page.keyboard.press('a');
      await heading(page, 'Analytics');
      await page.locator('.question').first().waitFor();
      expect(await page.locator('.question').count()).toBe((items as readonly unknown[]).length);
      await page.getByRole('link', { name: /^Sales What was sold/ }).press('Enter');
      await heading(page, 'Sales');
    });

    it('draws each currency by itself, tells how fresh it is, shows its rows and its SQL, and gives them as a file', async () => {
      const page = await site.open(`/analytics/sales?channel=${CHANNEL}`);
      await heading(page, 'Sales');
      await page.getByRole('combobox', { name: 'How much' }).selectOption('Total');
      const pictures = page.getByRole('region', { name: 'Picture' }).getByRole('figure');
      await pictures.filter({ hasText: '£45.00' }).waitFor();
      await pictures.filter({ hasText: '€21.00' }).waitFor();
      expect(await pictures.count()).toBe(2);
      expect(new URL(page.url()).searchParams.get('measure')).toBe('total');
      await page.getByText('Shows what was recorded until').waitFor();
      await rowOf(page, 'EUR').getByText('€21.00').first().waitFor();
      await page.getByText("channel = 'analytics-shop'").waitFor();
      await page.getByText('What question_sales is made of').click();
      await page.getByText('from fact_order o').waitFor();
      const asked = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download as CSV' }).click();
      const [header, ...rows] = (await readFile(await (await asked).path(), 'utf8')).trimEnd().split('\r\n');
      expect(header).toMatch(/^date,channel,country,currency,orders,/);
      expect(rows).toHaveLength(2);
    });

    it('is narrowed to days that stand in the address, beside the period before', async () => {
      const page = await site.open(`/analytics/sales?channel=${CHANNEL}&measure=orders`);
      await page.getByRole('button', { name: '7 days' }).click();
      await page.getByLabel('Beside the period before').check();
      await page.getByText('0 in the period before').waitFor();
      expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject({ compare: 'true', measure: 'orders' });
      await page.getByLabel('From', { exact: true }).fill('2020-01-01');
      await page.getByLabel('Until', { exact: true }).fill('2020-01-07');
      await page.getByText('Nothing answers this.').first().waitFor();
    });

    it('says of what nothing can be added up that its answer has to be read', async () => {
      const page = await site.open('/analytics/cycle_times');
      await page.getByText('Nothing of this can be added up').waitFor();
      await page
        .getByText(/\d+ rows? shown|Nothing answers this/)
        .first()
        .waitFor();
    });
  },
};
