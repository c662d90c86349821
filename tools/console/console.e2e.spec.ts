import { execFileSync } from 'node:child_process';
import { describeWith, eventually } from '@cartage/testkit';
import type { Request } from 'playwright-core';
import { aBrowser, obstaclesOn, rowOf, type Reading } from './browser.fixture';
import { customerPages } from './pages/customer.fixture';
import { moneyPages } from './pages/money.fixture';
import { analyticsPages } from './pages/analytics.fixture';
import { dayPages } from './pages/day.fixture';
import { ordersPages } from './pages/orders.fixture';
import { queuesPages } from './pages/queues.fixture';
import { parcelQueuesPages } from './pages/parcel-queues.fixture';
import { rulesPages } from './pages/rules.fixture';
import { stuckQueuesPages } from './pages/stuck-queues.fixture';
import { stockPages } from './pages/stock.fixture';
import { systemPages } from './pages/system.fixture';
import { warehousePages } from './pages/warehouse.fixture';
import { furnishDrawings } from './pictures/drawings.fixture';
import { otherPictures } from './pictures/pictures.fixture';
import { everythingServed, SHORT, type Served } from './served.fixture';
import { siteOf, type Pages } from './site.fixture';

jest.setTimeout(120_000);

/** All pages, over one Cartage and one browser: those of a room stand in `pages/<room>.fixture.ts`. */
const rooms: readonly Pages[] = [
  ordersPages,
  moneyPages,
  rulesPages,
  queuesPages,
  parcelQueuesPages,
  stuckQueuesPages,
  stockPages,
  analyticsPages,
  systemPages,
  warehousePages,
  dayPages,
  customerPages,
];
const MOST_BYTES = 200_000;

let cartage: Served;

/** Of a request that ends after the page was left nobody wants to know. */
const sizeOf = (request: Request): Promise<number> =>
  request.sizes().then(
    ({ responseBodySize }) => responseBodySize,
    () => 0,
  );

describeWith(aBrowser, 'the console in a browser', (browser) => {
  const site = siteOf(
    () => cartage,
    () => browser().browser,
  );
  beforeAll(async () => {
    execFileSync(process.execPath, ['tools/build-console.cjs'], { stdio: 'inherit' });
    cartage = await everythingServed();
    const [shop, ...others] = rooms;
    await shop?.furnish?.(cartage);
    await Promise.all([furnishDrawings(cartage), ...others.map(({ furnish }) => furnish?.(cartage))]);
  }, 240_000);
  afterAll(() => cartage.stop(), 60_000);
  afterEach(() => site.leave());

  describe.each(rooms)('$name', ({ tests }) => tests(site));

  const PHONE = { width: 360, height: 740 };

  const look = async ({ walks }: Pages, reading: Reading): Promise<void> => {
    const page = await site.open('', reading);
    const desk = page.viewportSize() ?? PHONE;
    for (const { path, ready } of walks) {
      await page.setViewportSize(desk);
      await page.goto(`${site.url()}/console${path}`);
      await ready(page);
      expect({ path, obstacles: await obstaclesOn(page) }).toEqual({ path, obstacles: [] });
      await page.setViewportSize(PHONE);
      await eventually(async () =>
        expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, PHONE.width]),
      );
    }
  };

  describe.each(rooms.filter(({ walks }) => walks.length > 0))('$name', (room) => {
    it('is in nobody’s way and fits a phone, light from left to right as dark, compact and from right to left', async () => {
      await Promise.all([look(room, { theme: 'light' }), look(room, { theme: 'dark', density: 'compact', language: 'ar' })]);
    });
  });

  it('looks as in its stored pictures', async () => {
    expect(await otherPictures(site, browser().browser)).toEqual([]);
  }, 300_000);

  it('loads little at first, all of it from its own address, and nothing that its policy forbids', async () => {
    const reader = await site.reader();
    const asked: { readonly url: string; readonly bytes: Promise<number> }[] = [];
    reader.page.on('requestfinished', (request) => {
      asked.push({ url: request.url(), bytes: sizeOf(request) });
    });
    await reader.page.goto(`${site.url()}/console`);
    await reader.page.locator('.tile').first().waitFor();
    const ofProgram = asked.filter(({ url }) => url.startsWith(`${site.url()}/console`));
    const bytes = (await Promise.all(ofProgram.map((each) => each.bytes))).reduce((sum, each) => sum + each, 0);
    expect(ofProgram.length).toBeGreaterThan(3);
    expect(bytes).toBeGreaterThan(20_000);
    expect(bytes).toBeLessThan(MOST_BYTES);
    expect(asked.filter(({ url }) => !url.startsWith(site.url()))).toEqual([]);
    const { headers } = await fetch(`${site.url()}/console/orders/anything`);
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
  });

  it('says that nobody answers, shows what it knew, and goes on once somebody does', async () => {
    const page = await site.open('/orders?channel=web');
    await rowOf(page, SHORT).waitFor();
    await page.route('**/orders?*', (route) => route.abort());
    await page.getByRole('combobox', { name: 'State' }).selectOption('completed');
    await page.getByRole('alert').getByText('Cartage cannot be reached').waitFor();
    await page.unroute('**/orders?*');
    const goesOn = page.getByText('No order is like this.');
    // It may have tried again by itself by now, as it does whenever something has happened.
    await page.getByRole('button', { name: 'Try again' }).or(goesOn).first().click();
    await goesOn.waitFor();
  });

  it('says what is not there, and who may not see something', async () => {
    const page = await site.open('/orders/0198f0c2-7b1e-7c3d-9f2a-000000000001');
    await page.getByText('There is no such thing').waitFor();
    await page.route('**/orders/counts', (route) =>
      route.fulfill({
        status: 403,
        contentType: 'application/problem+json',
        json: { code: 'SCOPE_MISSING', detail: 'orders:read is missing.' },
      }),
    );
    await page.goto(`${site.url()}/console`);
    await page.getByText('You may not see this').waitFor();
  });
});
