import { eventually } from '@cartage/testkit';
import { heading, obstaclesOn } from '../browser.fixture';
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
