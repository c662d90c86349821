import { execFileSync } from 'node:child_process';
import { describeWith, eventually } from '@cartage/testkit';
import type { Page } from 'playwright-core';
import { aBrowser, heading, obstaclesOn, readerOf, type Reader, type Reading } from './browser.fixture';
import { furnish, orderOf, PACKED, served, SHORT, type Served } from './served.fixture';

jest.setTimeout(120_000);

let cartage: Served;
let trackingNumber: string;
const MOST_BYTES = 200_000;

describeWith(aBrowser, 'the console in a browser', (browser) => {
  const readers: Reader[] = [];
  beforeAll(async () => {
    execFileSync(process.execPath, ['tools/build-console.cjs'], { stdio: 'inherit' });
    cartage = await served();
    trackingNumber = await furnish(cartage);
  }, 240_000);
  afterAll(() => cartage.stop(), 60_000);
  afterEach(async () => {
    const troubles = readers.flatMap((reader) => reader.troubles);
    await Promise.all(readers.splice(0).map((reader) => reader.close()));
    expect(troubles).toEqual([]);
  });

  const open = async (path: string, reading: Reading = {}): Promise<Page> => {
    const reader = await readerOf(browser().browser, reading);
    readers.push(reader);
    await reader.page.goto(`${cartage.url}/console${path}`);
    return reader.page;
  };
  const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

  it('counts orders by state and by what keeps them, and every number opens the list behind it', async () => {
    const page = await open('');
    await heading(page, 'Today');
    await page.getByRole('link', { name: /^1\s*On hold/ }).waitFor();
    await page.getByRole('link', { name: 'Stock is short' }).click();
    await heading(page, 'Orders');
    expect(new URL(page.url()).search).toBe('?status=on-hold&hold=stock-short');
    await row(page, SHORT).waitFor();
    await page.getByText('1 order shown').waitFor();
  });

  it('finds an order by its number, by its tracking number and by its customer with the keyboard alone', async () => {
    const page = await open('');
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
    const page = await open('/orders');
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
    await row(page, SHORT).waitFor();
  });

  it('shows only the columns that somebody wants, also next time', async () => {
    const page = await open('/orders');
    await page.getByRole('columnheader', { name: 'Channel' }).waitFor();
    await page.getByText('Columns').click();
    await page.getByLabel('Channel').uncheck();
    await page.getByRole('columnheader', { name: 'Channel' }).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('columnheader', { name: 'Total' }).waitFor();
    expect(await page.getByRole('columnheader', { name: 'Channel' }).count()).toBe(0);
  });

  it('shows an order whole: where its units are, its parcel, each cent, its story, whose it is, and why something cannot be done', async () => {
    const page = await open('/orders');
    await row(page, PACKED).getByRole('link').first().click();
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
    await cartage.send('PUT', '/channels/web/orders/WEB-CANCEL', orderOf('NOWHERE'));
    const page = await open('/orders');
    await row(page, 'WEB-CANCEL').getByRole('link').first().click();
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

  it('holds an order and releases it again', async () => {
    await cartage.send('PUT', '/channels/web/orders/WEB-HOLD', orderOf('MUG'));
    const page = await open('/orders');
    await row(page, 'WEB-HOLD').getByRole('link').first().click();
    await page.getByRole('button', { name: 'Hold', exact: true }).click();
    await page.getByRole('button', { name: 'Hold it' }).click();
    await page.getByRole('region', { name: 'Why it stands still' }).getByText('Held by an operator').waitFor();
    await page.getByRole('button', { name: 'Release a hold' }).click();
    await page.getByRole('button', { name: 'Release it' }).click();
    await page.getByRole('region', { name: 'Why it stands still' }).waitFor({ state: 'detached' });
  });

  it('keeps a note that somebody writes', async () => {
    const page = await open('/orders');
    await row(page, PACKED).getByRole('link').first().click();
    await page.getByLabel('Write a note').fill('Wants a gift box. @anna');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('listitem').filter({ hasText: 'Wants a gift box. @anna' }).waitFor();
    expect(await page.getByLabel('Write a note').inputValue()).toBe('');
  });

  it('shows what happens elsewhere as it happens', async () => {
    const page = await open('/orders');
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
    await row(page, SHORT).waitFor();
    await cartage.send('PUT', '/channels/web/orders/WEB-NEW', orderOf('MUG'));
    await row(page, 'WEB-NEW').waitFor();
  });

  it.each<[string, Reading, string]>([
    ['light', { theme: 'light' }, 'Today'],
    ['dark', { theme: 'dark' }, 'Today'],
    ['from right to left', { language: 'ar' }, 'اليوم'],
    ['dark, from right to left', { theme: 'dark', language: 'ar' }, 'اليوم'],
  ])('is in nobody’s way, %s', async (_, reading, title) => {
    const page = await open('', reading);
    await heading(page, title);
    await page.locator('.tile').first().waitFor();
    expect(await obstaclesOn(page)).toEqual([]);
    await page.goto(`${cartage.url}/console/orders`);
    await row(page, SHORT).waitFor();
    expect(await obstaclesOn(page)).toEqual([]);
    await page.keyboard.press('Control+k');
    await page.locator('.palette-option').first().waitFor();
    expect(await obstaclesOn(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await row(page, SHORT).getByRole('link').first().click();
    await page.locator('.story li').first().waitFor();
    await page.locator('.person').waitFor();
    expect(await obstaclesOn(page)).toEqual([]);
    await page.locator('.actions button').first().click();
    await page.locator('.effects').waitFor();
    expect(await obstaclesOn(page)).toEqual([]);
  });

  it('loads little at first, all of it from its own address, and nothing that its policy forbids', async () => {
    const reader = await readerOf(browser().browser);
    readers.push(reader);
    const asked: { readonly url: string; readonly bytes: Promise<number> }[] = [];
    reader.page.on('requestfinished', (request) => {
      asked.push({ url: request.url(), bytes: request.sizes().then(({ responseBodySize }) => responseBodySize) });
    });
    await reader.page.goto(`${cartage.url}/console`);
    await reader.page.locator('.tile').first().waitFor();
    const ofProgram = asked.filter(({ url }) => url.startsWith(`${cartage.url}/console`));
    const bytes = (await Promise.all(ofProgram.map((each) => each.bytes))).reduce((sum, each) => sum + each, 0);
    expect(ofProgram.length).toBeGreaterThan(3);
    expect(bytes).toBeGreaterThan(20_000);
    expect(bytes).toBeLessThan(MOST_BYTES);
    expect(asked.filter(({ url }) => !url.startsWith(cartage.url))).toEqual([]);
    const { headers } = await fetch(`${cartage.url}/console/orders/anything`);
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
  });

  it('says that nobody answers, shows what it knew, and goes on once somebody does', async () => {
    const page = await open('/orders');
    await row(page, SHORT).waitFor();
    await page.route('**/orders?*', (route) => route.abort());
    await page.getByRole('combobox', { name: 'State' }).selectOption('completed');
    await page.getByRole('alert').getByText('Cartage cannot be reached').waitFor();
    await page.unroute('**/orders?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('No order is like this.').waitFor();
  });

  it('says what is not there, and who may not see something', async () => {
    const page = await open('/orders/0198f0c2-7b1e-7c3d-9f2a-000000000001');
    await page.getByText('There is no such thing').waitFor();
    await page.route('**/orders/counts', (route) =>
      route.fulfill({
        status: 403,
        contentType: 'application/problem+json',
        json: { code: 'SCOPE_MISSING', detail: 'orders:read is missing.' },
      }),
    );
    await page.goto(`${cartage.url}/console`);
    await page.getByText('You may not see this').waitFor();
  });

  it('fits a phone, in both directions', async () => {
    for (const language of ['en', 'ar'] as const) {
      const page = await open('/orders', { language, viewport: { width: 360, height: 740 } });
      await row(page, SHORT).getByRole('link').first().click();
      await page.locator('.story li').first().waitFor();
      await eventually(async () => expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360));
    }
  });
});
