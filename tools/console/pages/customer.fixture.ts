import { eventually } from '@cartage/testkit';
import { heading, obstaclesOn, rowOf } from '../browser.fixture';
import { orderOf } from '../served.fixture';
import type { Pages, Site } from '../site.fixture';

let made = 0;

/** The page of a new order that nothing is in stock for. */
const pageOfNewOrder = async (site: Site): Promise<string> => {
  const { send, url } = site.cartage();
  const { orderId } = await send('PUT', `/channels/page/orders/CUSTOMER-${(made += 1)}`, orderOf('NOWHERE'));
  const { path } = await send('POST', `/orders/${String(orderId)}/links`, {});
  return `${url}${String(path)}`;
};

/** The page of an order for whoever bought it: no part of the console, and it runs nothing. */
export const customerPages: Pages = {
  name: 'For customers',
  walks: [],
  tests: (site) => {
    it('cancels what is not wanted, after it has shown what that comes to, and sends the rest elsewhere, without a script', async () => {
      const url = await pageOfNewOrder(site);
      const { page } = await site.reader({ javaScriptEnabled: false });
      await page.goto(`${url}?lang=en`);
      await heading(page, /^Your order CUSTOMER-/);
      await page.getByRole('link', { name: 'Cancel' }).click();
      await page.getByRole('group', { name: 'POSTER' }).getByLabel('How many you do not want').fill('0');
      await page.keyboard.press('Enter');
      await heading(page, 'Please check');
      await page.getByText('£25.00').first().waitFor();
      await page.getByRole('button', { name: 'Cancel this' }).click();
      await page.getByRole('status').getByText('We have noted it.').waitFor();
      await page.getByText('2 × Cancelled').waitFor();
      await page.getByRole('link', { name: 'Change the address' }).click();
      await page.getByLabel('City').fill('');
      await page.getByLabel('Street and number').fill('2 Low Street');
      await page.getByRole('button', { name: 'Send it there' }).click();
      await page.getByRole('alert').getByText('Please fill this in.').waitFor();
      expect(await page.getByLabel('Street and number').inputValue()).toBe('2 Low Street');
      await page.getByLabel('City').fill('Leeds');
      await page.getByRole('button', { name: 'Send it there' }).click();
      await page.getByText('2 Low Street').waitFor();
      await page.reload();
      await page.getByText('What has not left goes to the new address.').waitFor();
    });

    it('is opened by a link that somebody makes in the console, and no more once it was revoked there', async () => {
      await site.cartage().send('PUT', '/channels/link-shop/orders/LINK-1', orderOf('NOWHERE'));
      const page = await site.open('/orders?channel=link-shop');
      await rowOf(page, 'LINK-1').getByRole('link').first().click();
      const links = page.getByRole('region', { name: 'Customer’s link' });
      await links.getByRole('button', { name: 'Make a link' }).click();
      const form = page.getByRole('dialog', { name: 'Make a link' });
      await form.getByLabel('Days that it can be opened').and(page.locator(':focus')).fill('2');
      await page.keyboard.press('Enter');
      const url = await page.getByRole('dialog', { name: 'Customer’s link' }).locator('code').innerText();
      await page.keyboard.press('Escape');
      await links.getByText('not used yet').waitFor();
      const { page: customers } = await site.reader({ javaScriptEnabled: false });
      await customers.goto(`${url}?lang=en`);
      await heading(customers, 'Your order LINK-1');
      const revoke = links.getByRole('button', { name: 'Revoke it' });
      await revoke.click();
      await page.keyboard.press('Escape');
      await revoke.and(page.locator(':focus')).click();
      const dialog = page.getByRole('dialog', { name: 'Revoke it' });
      await dialog.locator('.choices button:focus').first().waitFor();
      expect(await dialog.locator('.grave:focus').count()).toBe(0);
      await dialog.getByRole('button', { name: 'Revoke it' }).click();
      await links.getByText(/^Revoked by/).waitFor();
      await customers.reload();
      await customers.getByText('This link is too old.').waitFor();
    });

    it('is in nobody’s way, light from left to right as dark from right to left, and fits a phone', async () => {
      const url = await pageOfNewOrder(site);
      const readings = [{ locale: 'en-GB' }, { locale: 'ar', colorScheme: 'dark', viewport: { width: 360, height: 740 } }] as const;
      for (const reading of readings) {
        const { page } = await site.reader(reading);
        for (const view of ['', '?view=cancel', '?view=address']) {
          await page.goto(`${url}${view}`);
          expect(await page.locator('html').getAttribute('lang')).toBe(reading.locale.slice(0, 2));
          expect({ view, obstacles: await obstaclesOn(page) }).toEqual({ view, obstacles: [] });
          const width = page.viewportSize()?.width;
          await eventually(async () => expect([view, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([view, width]));
        }
      }
    });
  },
};
