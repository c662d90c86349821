import { readFileSync } from 'node:fs';
import { heading, rowOf } from '../browser.fixture';
import { furnish, orderOf, PACKED, SHORT } from '../served.fixture';
import type { Pages } from '../site.fixture';

let trackingNumber: string;

/** Home, the list of orders, and an order. */
export const ordersPages: Pages = {
  name: 'Home and orders',
  furnish: async (cartage) => {
    trackingNumber = await furnish(cartage);
  },
  walks: [
    {
      path: '',
      ready: async (page) => {
        await page.locator('.tile').first().waitFor();
        await page.keyboard.press('Control+k');
        await page.locator('.palette-option').first().waitFor();
      },
    },
    { path: '/orders', ready: (page) => rowOf(page, SHORT).waitFor() },
    {
      path: '/orders?status=on-hold',
      ready: async (page) => {
        await rowOf(page, SHORT).getByRole('link').first().click();
        await page.locator('.story li').first().waitFor();
        await page.locator('.person').waitFor();
        await page.locator('.actions button').first().click();
        await page.locator('.dialog-body').waitFor();
      },
    },
    {
      path: '/orders?channel=web&sku=MUG',
      ready: async (page) => {
        await rowOf(page, PACKED).getByRole('link').first().click();
        for (const opened of ['.decision .map', '.causes', '.past .then']) {
          await page.locator('.order-main .list-foot .button').first().click();
          await page.locator(opened).first().waitFor();
        }
      },
    },
  ],
  tests: (site) => {
    it('counts orders by state and by what keeps them, and every number opens the list behind it', async () => {
      const page = await site.open('');
      await heading(page, 'Today');
      await page.getByRole('link', { name: /^\d+\s*On hold/ }).waitFor();
      await page.getByRole('link', { name: 'Stock is short' }).click();
      await heading(page, 'Shortages');
      await rowOf(page, SHORT).waitFor();
      await page.goBack();
      await page.getByRole('link', { name: /^\d+\s*On hold/ }).click();
      await heading(page, 'Orders');
      expect(new URL(page.url()).search).toBe('?status=on-hold');
      await rowOf(page, SHORT).waitFor();
      await page.getByText(/\d+ orders? shown/).waitFor();
    });

    it('finds an order by its number, by its tracking number and by its customer with the keyboard alone', async () => {
      const page = await site.open('');
      await heading(page, 'Today');
      for (const text of [PACKED, trackingNumber]) {
        await page.keyboard.press('Control+k');
        await page.keyboard.type(text);
        await page.locator('.palette-option').filter({ hasText: PACKED }).waitFor();
        await page.keyboard.press('Enter');
        await heading(page, `Order ${PACKED}`);
      }
      await page.keyboard.press('g');
      await page.keyboard.press('o');
      await heading(page, 'Orders');
      await page.keyboard.press('/');
      await page.keyboard.type('ada@example.com');
      await page.getByRole('region', { name: 'Found' }).waitFor();
      expect(new URL(page.url()).searchParams.get('q')).toBe('ada@example.com');
    });

    it('lists orders page by page, goes through them by j and k, and opens one by Enter', async () => {
      const page = await site.open('/orders?channel=web');
      await page.getByText('50 orders shown').waitFor();
      await page.getByRole('button', { name: 'Show more' }).click();
      await page.getByText('57 orders shown').waitFor();
      for (const key of ['j', 'j', 'k']) await page.keyboard.press(key);
      expect(await page.evaluate(`document.activeElement.closest('tr') === document.querySelector('tbody tr')`)).toBe(true);
      await page.keyboard.press('Enter');
      await heading(page, /^Order /);
      await page.goBack();
      await page.getByRole('combobox', { name: 'State' }).selectOption('on-hold');
      await page.getByText('1 order shown').waitFor();
      await page.reload();
      await rowOf(page, SHORT).waitFor();
    });

    it('keeps a view under a name, also next time', async () => {
      const page = await site.open('/orders?status=on-hold');
      await page.getByRole('button', { name: 'Save this view' }).click();
      await page.getByLabel('Name of the view').fill('Standing still');
      await page.keyboard.press('Enter');
      await page.getByRole('status').filter({ hasText: 'Done: Save this view' }).waitFor();
      await page.goto(`${site.url()}/console/orders`);
      await page.getByRole('link', { name: 'Standing still' }).click();
      await page.waitForURL(/status=on-hold/);
      await page.getByRole('button', { name: 'Remove Standing still' }).click();
      await page.getByRole('link', { name: 'Standing still' }).waitFor({ state: 'detached' });
    });

    it('holds several orders at once, after it has shown for how many it would, and says why not for the others', async () => {
      const orders = ['BULK-1', 'BULK-2', 'BULK-3'].map((externalOrderId) => ({ externalOrderId, ...orderOf('NOWHERE') }));
      await site.cartage().send('POST', '/channels/bulk/orders/batch', { orders });
      const page = await site.open('/orders?channel=bulk');
      await rowOf(page, 'BULK-3').waitFor();
      const orderId = await rowOf(page, 'BULK-2').getByRole('link').first().getAttribute('href');
      await site
        .cartage()
        .send('POST', `/orders/${orderId?.split('/').at(-1)}/cancellations`, { reason: { code: 'other' }, by: 'operator' });
      await rowOf(page, 'BULK-2').getByText('Cancelled').waitFor();
      await page.getByLabel('Choose all rows that are shown').check();
      await page.getByRole('button', { name: 'Hold', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'Hold 3 orders' });
      await dialog.getByText('It would be done for 2 of 3.').waitFor();
      await dialog.getByText('BULK-2').waitFor();
      await dialog.getByRole('button', { name: 'Hold', exact: true }).click();
      await dialog.getByText('Done for 2 of 2.').waitFor();
      await dialog.getByRole('button', { name: 'Close' }).last().click();
      await rowOf(page, 'BULK-1').getByText('Held by an operator').waitFor();
    });

    it('saves a list as a file, whole', async () => {
      const page = await site.open('/orders?channel=web');
      await rowOf(page, SHORT).waitFor();
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export' }).click()]);
      expect(file.suggestedFilename()).toBe('orders.csv');
      const lines = readFileSync(await file.path(), 'utf8').split('\r\n');
      expect(lines[0]).toBe('\uFEFFnumber,placed,status,channel,customer,units,payment,country,total,currency');
      expect(lines.length).toBeGreaterThan(57);
      expect(lines.find((line) => line.startsWith(SHORT))).toMatch(/,web,customer-1,3,card,GB,34\.00,GBP$/);
    });

    it('shows only the columns that somebody wants, also next time', async () => {
      const page = await site.open('/orders');
      await page.getByRole('columnheader', { name: 'Channel' }).waitFor();
      await page.getByText('Columns').click();
      await page.getByLabel('Channel').uncheck();
      await page.getByRole('columnheader', { name: 'Channel' }).waitFor({ state: 'detached' });
      await page.reload();
      await page.getByRole('columnheader', { name: 'Total' }).waitFor();
      expect(await page.getByRole('columnheader', { name: 'Channel' }).count()).toBe(0);
    });

    it('shows an order whole: where its units are, its parcel, each cent, its story, whose it is, and why something cannot be done', async () => {
      const page = await site.open('/orders');
      await rowOf(page, PACKED).getByRole('link').first().click();
      await heading(page, `Order ${PACKED}`);
      await page.getByRole('region', { name: 'Lines' }).getByText('2 at LDN-1').waitFor();
      await page.getByRole('region', { name: 'Parcels' }).getByText(trackingNumber).waitFor();
      await page
        .getByRole('region', { name: 'Money' })
        .getByRole('row', { name: /Payment authorized .*£34\.00/ })
        .waitFor();
      await page.getByRole('region', { name: 'Story' }).getByText('Placed', { exact: true }).waitFor();
      await page.getByRole('region', { name: 'Customer' }).getByText('Ada Lovelace').waitFor();
      await page.getByText('What cannot, and why').click();
      await page.getByText('Nothing that was delivered is still with the customer.').waitFor();
    });

    it('cancels an order after it has shown what that would do, and shows it cancelled without a reload', async () => {
      await site.cartage().send('PUT', '/channels/web/orders/WEB-CANCEL', orderOf('NOWHERE'));
      const page = await site.open('/orders');
      await rowOf(page, 'WEB-CANCEL').getByRole('link').first().click();
      await page.getByRole('button', { name: 'Cancel' }).click();
      const dialog = page.getByRole('dialog', { name: 'Cancel this order' });
      await dialog.getByLabel('These lines').check();
      await dialog.getByText('Choose at least one line.').waitFor();
      expect(await dialog.getByRole('button', { name: 'Cancel it' }).isDisabled()).toBe(true);
      await dialog.getByLabel('The whole order').check();
      await dialog.getByText(/Wanted: -2 × NOWHERE/).waitFor();
      await dialog.getByRole('button', { name: 'Cancel it' }).click();
      await page.getByRole('status').filter({ hasText: 'Done: Cancel' }).waitFor();
      await page.locator('.order-heading').getByText('Cancelled').waitFor();
    });

    it('changes quantities after it has shown what that would do, and sends it to another address', async () => {
      await site.cartage().send('PUT', '/channels/page/orders/PAGE-EDIT', orderOf('NOWHERE'));
      const page = await site.open('/orders?channel=page');
      await rowOf(page, 'PAGE-EDIT').getByRole('link').first().click();
      await page.getByRole('button', { name: 'Edit' }).click();
      const edit = page.getByRole('dialog', { name: 'Change the quantities' });
      await edit.getByText('Change at least one quantity.').waitFor();
      await edit.getByLabel('NOWHERE').fill('1');
      await edit.getByText('Wanted: -1 × NOWHERE').waitFor();
      await edit.getByRole('button', { name: 'Change it' }).click();
      await page
        .getByRole('region', { name: 'Lines' })
        .getByRole('row', { name: /NOWHERE 1 / })
        .waitFor();
      await page.getByRole('button', { name: 'Send elsewhere' }).click();
      const redirect = page.getByRole('dialog', { name: 'Send it elsewhere' });
      await redirect.getByLabel('Street and number').fill('1 High Street');
      await redirect.getByLabel('City').fill('Leeds');
      await redirect.getByLabel('Country').fill('gb');
      await redirect.getByRole('button', { name: 'Send it there' }).click();
      await page.getByRole('region', { name: 'Customer' }).getByText('1 High Street').waitFor();
    });

    it('chooses for a line that is not in stock', async () => {
      await site.cartage().send('PUT', '/channels/page/orders/PAGE-SHORT', orderOf('NOWHERE'));
      const page = await site.open('/orders?channel=page');
      await rowOf(page, 'PAGE-SHORT').getByText('Stock is short').waitFor();
      await rowOf(page, 'PAGE-SHORT').getByRole('link').first().click();
      await page.getByRole('button', { name: 'Resolve a shortage' }).click();
      const dialog = page.getByRole('dialog', { name: 'Choose for what is not in stock' });
      await dialog.getByLabel('Do without it').check();
      await dialog.getByRole('button', { name: 'Choose this' }).click();
      await page.getByRole('region', { name: 'Why it stands still' }).waitFor({ state: 'detached' });
    });

    it('says why it ships from there, what led to what, and how it was', async () => {
      const page = await site.open('/orders?channel=web');
      await rowOf(page, PACKED).getByRole('link').first().click();
      await page.getByRole('button', { name: 'Show who was considered' }).click();
      await page.getByRole('row', { name: /LDN-1 Ships it/ }).waitFor();
      await page.getByRole('button', { name: 'Show what led to what' }).click();
      const causes = page.getByRole('region', { name: 'Causes and effects' });
      await causes.getByRole('button', { name: /^Order placed/ }).click();
      expect(await causes.getByRole('listitem').count()).toBeGreaterThan(8);
      await page.getByRole('button', { name: 'Go back in time' }).click();
      const past = page.getByRole('region', { name: 'As it was' });
      await past.getByRole('slider').press('Home');
      await past.locator('.then').getByText('Placed').first().waitFor();
      await past.getByText(/What has changed since then: \d+ fields/).click();
      await past.getByText('status', { exact: true }).waitFor();
    });

    it('holds an order and releases it again', async () => {
      await site.cartage().send('PUT', '/channels/web/orders/WEB-HOLD', orderOf('MUG'));
      const page = await site.open('/orders');
      await rowOf(page, 'WEB-HOLD').getByRole('link').first().click();
      await page.getByRole('button', { name: 'Hold', exact: true }).click();
      await page.getByRole('button', { name: 'Hold it' }).click();
      await page.getByRole('region', { name: 'Why it stands still' }).getByText('Held by an operator').waitFor();
      await page.getByRole('button', { name: 'Release a hold' }).click();
      await page.getByRole('button', { name: 'Release it' }).click();
      await page.getByRole('region', { name: 'Why it stands still' }).waitFor({ state: 'detached' });
    });

    it('keeps a note that somebody writes', async () => {
      const page = await site.open('/orders');
      await rowOf(page, PACKED).getByRole('link').first().click();
      await page.getByLabel('Write a note').fill('Wants a gift box. @anna');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('listitem').filter({ hasText: 'Wants a gift box. @anna' }).waitFor();
      expect(await page.getByLabel('Write a note').inputValue()).toBe('');
    });

    it('shows what happens elsewhere as it happens', async () => {
      const page = await site.open('/orders');
      await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
      await rowOf(page, SHORT).waitFor();
      await site.cartage().send('PUT', '/channels/web/orders/WEB-NEW', orderOf('MUG'));
      await rowOf(page, 'WEB-NEW').waitFor();
    });
  },
};
