import type { Page } from 'playwright-core';
import { heading, rowOf } from '../browser.fixture';
import type { Served } from '../served.fixture';
import type { Pages } from '../site.fixture';

const warehouse = (name: string) => ({ name, kind: 'warehouse', country: 'GB', latitude: 53.5, longitude: -2.2, active: true });

const furnish = async ({ send }: Served): Promise<void> => {
  await send('PUT', '/inventory/locations/STK-1', warehouse('Harbour'));
  await send('PUT', '/inventory/locations/STK-2', warehouse('Hill'));
  await send('PUT', '/inventory/items/BOWL-9', { title: 'Bowl, stoneware' });
  await send('PUT', '/inventory/items/VASE-1', { title: 'Vase, tall, white', barcodes: [{ code: '40170725', units: 12 }] });
  const lines = [
    { sku: 'BOWL-5', quantity: 8 },
    { sku: 'BOWL-9', quantity: 60 },
    { sku: 'JUG-1', quantity: 5 },
  ];
  await send('POST', '/inventory/receipts', { location: 'STK-1', reference: 'PO-7', lines });
  await send('POST', '/inventory/adjustments', { location: 'STK-1', sku: 'BOWL-9', quantity: -8, cause: 'damage' });
  await send('PUT', '/inventory/items/BOWL-9/safety-stock/STK-1', { safetyStock: 5 });
  await send('POST', '/inventory/adjustments', { location: 'STK-1', sku: 'BOWL-5', quantity: -8, cause: 'loss' });
  const learned = { serviceLevel: 95, reviewDays: 7, leadDays: 7, decides: false };
  await send('PUT', '/inventory/items/BOWL-9/reorder-point/STK-1', { reorderPoint: 80, orderUpTo: 120, learned });
  await send('POST', '/inventory/transfers', { from: 'STK-1', to: 'STK-2', reference: 'TO-1', lines: [{ sku: 'BOWL-9', quantity: 4 }] });
};

/** What services forecast from sales of many days, which nobody can have made today. */
const withForecast = async (page: Page): Promise<void> => {
  await page.route('**/inventory/items/BOWL-9/forecast/*', async (route) => {
    const response = await route.fetch();
    const forecast = (await response.json()) as object;
    const expected = { days: 14, units: 56, least: 40, most: 71 };
    const proposal = { reorderPoint: 80, orderUpTo: 120, safetyStock: 24 };
    await route.fulfill({ response, json: { ...forecast, perDay: Array.from({ length: 28 }, () => 4), expected, proposal } });
  });
};

/** What is where, and why. */
export const stockPages: Pages = {
  name: 'Stock',
  furnish,
  walks: [
    {
      path: '/stock?location=STK-1',
      ready: async (page) => {
        await rowOf(page, 'BOWL-9').waitFor();
        await page.locator('.stock-head button').first().click();
        await page.locator('dialog input[role=combobox]').fill('bowl');
        await page.locator('dialog [role=option]').first().waitFor();
      },
    },
    {
      path: '/stock/BOWL-9?location=STK-1',
      ready: async (page) => {
        await page.locator('.chart circle').waitFor();
        await page.locator('.chart-numbers summary').click();
        await page.locator('.why').waitFor();
        await rowOf(page, 'STK-1').nth(1).waitFor();
      },
    },
    {
      path: '/stock?view=transfers&location=STK-1',
      ready: async (page) => {
        await rowOf(page, 'TO-1').getByRole('button').first().click();
        await page.getByRole('dialog').getByRole('spinbutton').waitFor();
      },
    },
  ],
  tests: (site) => {
    it('finds a SKU while somebody types, narrows the list to what cannot be sold, and opens it by the keyboard', async () => {
      const page = await site.open('');
      await heading(page, 'Today');
      await page.keyboard.press('g');
      await page.keyboard.press('s');
      await heading(page, 'Stock');
      await rowOf(page, 'JUG-1').waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('bowl');
      await rowOf(page, 'JUG-1').waitFor({ state: 'detached' });
      await rowOf(page, 'BOWL-9').first().waitFor();
      await page.waitForURL((url) => url.search === '?q=bowl');
      await page.getByRole('combobox', { name: 'Location' }).selectOption('STK-1');
      await page.getByRole('combobox', { name: 'Only' }).selectOption('out');
      await page.getByText('1 row shown').waitFor();
      await page.reload();
      await page.getByText('1 row shown').waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await heading(page, 'BOWL-5');
      await page.keyboard.press('Control+k');
      await page.keyboard.type('stonew');
      await page.getByRole('option', { name: 'Bowl, stoneware' }).waitFor();
      await page.keyboard.press('Enter');
      await heading(page, 'BOWL-9');
    });

    it('goes where somebody has clicked though they had only just typed, over a slow line, too', async () => {
      const page = await site.open('/stock?location=STK-1');
      await rowOf(page, 'BOWL-9').first().waitFor();
      // The page comes only after the search would have moved the address.
      await page.route('**/console/assets/SkuPage*', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 500));
        await route.continue();
      });
      await page.keyboard.press('/');
      await page.keyboard.type('bowl-9');
      await rowOf(page, 'BOWL-9').getByRole('link').first().click();
      await heading(page, 'BOWL-9');
    });

    it('says why there are as many: every unit by what moved it, now and as it was', async () => {
      const page = await site.open('/stock/BOWL-9?location=STK-1');
      const why = page.getByRole('region', { name: 'Why 47?' });
      await why.getByRole('row', { name: /Adjusted · Damage\s*1\s*-8/ }).waitFor();
      await why.getByRole('row', { name: /Adds up to\s*52\s*5/ }).waitFor();
      await page
        .getByRole('region', { name: 'Movements' })
        .getByRole('row', { name: /Received/ })
        .getByRole('link')
        .click();
      await page.getByRole('region', { name: 'Why 60?' }).waitFor();
      await page.getByRole('button', { name: 'Now' }).click();
      await why.waitFor();
      await page.getByLabel('As of').fill('2020-01-01T00:00:00');
      await page.getByText('At this time nothing of it was known here.').waitFor();
    });

    it('shows what is expected to be asked for as a picture, with its numbers, and what should be ordered', async () => {
      const { page } = await site.reader();
      await withForecast(page);
      await page.goto(`${site.url()}/console/stock?view=reorder&location=STK-1`);
      await page
        .getByRole('row', { name: /BOWL-9/ })
        .getByRole('link')
        .click();
      await page.getByRole('img', { name: /What will be asked for What is there lasts until day 13\..* between 40 and 71\./ }).waitFor();
      await page.getByText('Order at 80, up to 120').waitFor();
      await page.getByText('The numbers').click();
      await page.getByRole('row', { name: /^28 4 112$/ }).waitFor();
    });

    it('receives goods after it has shown what that would book', async () => {
      const page = await site.open('/stock?location=STK-2');
      await page.getByRole('button', { name: 'Receive' }).press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Receive' });
      await dialog.getByLabel('SKU').fill('white vas');
      await dialog.getByRole('option', { name: 'VASE-1 Vase, tall, white' }).waitFor();
      await dialog.getByLabel('SKU').press('ArrowDown');
      await dialog.getByLabel('SKU').press('Enter');
      expect(await dialog.getByLabel('SKU').inputValue()).toBe('VASE-1');
      // A case of twelve is scanned: it is the same item, however the scan ends.
      await dialog.getByLabel('SKU').fill('');
      await dialog.getByLabel('SKU').pressSequentially('40170725');
      await dialog.getByLabel('SKU').press('Tab');
      await dialog.getByText('the code stands for 12 units').waitFor();
      expect(await dialog.getByLabel('SKU').inputValue()).toBe('VASE-1');
      const link = `https://id.example.com/01/00000040170725/10/${'LOT7'.repeat(5)}/21/${'S'.repeat(20)}?17=271231&3103=000195&linkType=gs1:pip`;
      expect(link.length).toBeGreaterThan(100);
      await dialog.getByLabel('SKU').fill('');
      // What is typed is cut where the box ends; what is filled in is not.
      await dialog.getByLabel('SKU').pressSequentially(link);
      await dialog.getByLabel('SKU').press('Enter');
      await dialog.getByText('the code stands for 12 units').waitFor();
      expect(await dialog.getByLabel('SKU').inputValue()).toBe('VASE-1');
      await dialog.getByText('On hand: +12 × VASE-1 STK-2').waitFor();
      await dialog.getByLabel('Units').press('Enter');
      await page.getByRole('status').filter({ hasText: 'Done: Receive' }).waitFor();
      await page.getByRole('row', { name: /VASE-1 .*white STK-2 12/ }).waitFor();
    });

    it('adjusts what is there, and says plainly what is not possible', async () => {
      await site.cartage().send('POST', '/inventory/receipts', { location: 'STK-2', lines: [{ sku: 'TRAY-1', quantity: 3 }] });
      const page = await site.open('/stock/TRAY-1');
      await page.getByRole('button', { name: 'Adjust' }).click();
      const dialog = page.getByRole('dialog', { name: 'Adjust' });
      await dialog.getByLabel('Change of what is on hand').fill('-4');
      await dialog.getByRole('alert').waitFor();
      await dialog.getByLabel('Change of what is on hand').fill('-2');
      await dialog.getByText('On hand: -2 × TRAY-1 STK-2').waitFor();
      await dialog.getByRole('button', { name: 'Book it' }).click();
      await page.getByRole('region', { name: 'Why 1?' }).waitFor();
    });

    it('books a count only once two in a row say the same', async () => {
      await site.cartage().send('POST', '/inventory/receipts', { location: 'STK-2', lines: [{ sku: 'DISH-1', quantity: 9 }] });
      const page = await site.open('/stock/DISH-1');
      await page.getByRole('button', { name: 'Count' }).click();
      const dialog = page.getByRole('dialog', { name: 'Count' });
      await dialog.getByLabel('Units that are there').fill('7');
      await dialog.getByRole('button', { name: 'Book it' }).click();
      await dialog.getByText('Nothing is booked yet: count again.').waitFor();
      await dialog.getByLabel('Units that are there').fill('7');
      await dialog.getByRole('button', { name: 'Book it' }).click();
      await page.getByRole('region', { name: 'Why 7?' }).waitFor();
    });

    it('sends goods to another location, and books what came of them', async () => {
      await site.cartage().send('POST', '/inventory/receipts', { location: 'STK-1', lines: [{ sku: 'LID-1', quantity: 9 }] });
      const page = await site.open('/stock/LID-1');
      await page.getByRole('button', { name: 'Transfer' }).click();
      const dialog = page.getByRole('dialog', { name: 'Transfer' });
      await dialog.getByRole('combobox', { name: 'To', exact: true }).selectOption('STK-2');
      await dialog.getByLabel('Units').fill('6');
      await dialog.getByLabel('It leaves').selectOption('now');
      await dialog.getByRole('button', { name: 'Send it' }).click();
      await page.getByRole('status').filter({ hasText: 'Done: Transfer' }).waitFor();
      await page.goto(`${site.url()}/console/stock?view=transfers&status=in-transit`);
      await rowOf(page, 'LID-1').getByRole('button', { name: 'It came' }).click();
      await page.getByLabel('LID-1, of 6 on the way').fill('5');
      await page.getByLabel('What did not come').selectOption('lost');
      await page.getByRole('button', { name: 'Book it' }).click();
      await rowOf(page, 'LID-1').waitFor({ state: 'detached' });
      await page.goto(`${site.url()}/console/stock?q=LID-1`);
      await page.getByRole('row', { name: /LID-1 STK-2 5/ }).waitFor();
    });
  },
};
