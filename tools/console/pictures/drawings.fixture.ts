import type { Page } from 'playwright-core';
import { rowOf, type Reading } from '../browser.fixture';
import { orderOf, PACKED, SHORT, type Served } from '../served.fixture';

const desk = { width: 1280, height: 860 };
const phone = { width: 360, height: 740 };

/** How pages are looked at. */
export const looks = {
  light: { theme: 'light', language: 'en', viewport: desk },
  dark: { theme: 'dark', language: 'en', viewport: desk, colorScheme: 'dark' },
  arabic: { theme: 'light', language: 'ar', viewport: desk, locale: 'ar' },
  phone: { theme: 'light', language: 'en', viewport: phone },
} as const satisfies Readonly<Record<string, Reading>>;

export type Look = keyof typeof looks;

/** A page of which there is a picture in each look. */
export interface Drawing {
  readonly name: string;
  readonly looks: readonly Look[];
  /** Where it is: of a page of the console asked once, when what it asks the services is recorded. */
  readonly path: (cartage: Served) => Promise<string>;
  /** Known to be there whole, in whatever language, from answers that always are the same. */
  readonly ready: (page: Page) => Promise<unknown>;
  /** What the device remembers. */
  readonly keeps?: Readonly<Record<string, string>>;
  /** It is drawn by its service, so that there are no answers to record. What varies in it is named. */
  readonly varies?: string;
}

const at = (path: string) => (): Promise<string> => Promise.resolve(path);

/** The id of whatever a list begins with. */
const firstIn = async ({ send }: Served, list: string, id: string): Promise<string> => {
  const [first] = (await send('GET', list))['items'] as readonly Readonly<Record<string, unknown>>[];
  if (first === undefined) throw new Error(`Nothing is in ${list}.`);
  return String(first[id]);
};

const orderCalled = async (cartage: Served, channel: string, number: string): Promise<string> => {
  const { orderId } = await cartage.send('GET', `/channels/${channel}/orders/${number}`);
  return String(orderId);
};

const FOR_CUSTOMERS = { channel: 'picture-shop', number: 'PICTURE-1' };

/** An order that waits for stock, so that nothing happens to it by itself. */
export const furnishDrawings = async ({ send }: Served): Promise<void> => {
  await send('PUT', `/channels/${FOR_CUSTOMERS.channel}/orders/${FOR_CUSTOMERS.number}`, orderOf('NOWHERE'));
};

export const drawings: readonly Drawing[] = [
  {
    name: 'home',
    looks: ['light', 'dark', 'phone'],
    path: at(''),
    ready: (page) => page.locator('.tile').first().waitFor(),
  },
  { name: 'orders', looks: ['light', 'arabic'], path: at('/orders'), ready: (page) => rowOf(page, SHORT).waitFor() },
  {
    name: 'order',
    looks: ['light', 'dark', 'arabic'],
    path: async (cartage) => `/orders/${await orderCalled(cartage, 'web', PACKED)}`,
    ready: async (page) => {
      await page.locator('.story li').first().waitFor();
      await page.locator('.person').waitFor();
    },
  },
  {
    name: 'queue',
    looks: ['light', 'dark'],
    path: at('/queues/shortages?channel=desk'),
    ready: async (page) => {
      await rowOf(page, 'DESK-SHORT').first().getByRole('link').first().click();
      await page.locator('.queue-deeds button').first().waitFor();
    },
  },
  {
    name: 'pack',
    looks: ['light', 'phone'],
    path: async (cartage) => `/warehouse/pack/${await firstIn(cartage, '/shipping/shipments?location=WHS-1&status=to-pack', 'shipmentId')}`,
    keeps: { 'cartage.warehouse.location': 'WHS-1' },
    ready: (page) => page.locator('.work-card .bin-entry').first().waitFor(),
  },
  {
    name: 'stock',
    looks: ['light'],
    path: at('/stock?location=STK-1'),
    ready: (page) => rowOf(page, 'BOWL-9').waitFor(),
  },
  {
    name: 'sku',
    looks: ['light'],
    path: at('/stock/BOWL-9?location=STK-1'),
    ready: async (page) => {
      await page.locator('.chart circle').waitFor();
      await page.locator('.why').waitFor();
    },
  },
  {
    name: 'money',
    looks: ['light', 'arabic'],
    path: at('/money/outstanding?settlementSource=money-files'),
    ready: (page) => page.locator('.ages').first().waitFor(),
  },
  {
    name: 'rules',
    looks: ['light'],
    path: at('/rules/verification?version=2&view=difference'),
    ready: (page) => page.locator('.rule-changes').waitFor(),
  },
  {
    name: 'analytics',
    looks: ['light'],
    path: at('/analytics/sales?channel=analytics-shop&measure=total&by=channel'),
    ready: async (page) => {
      await page.locator('.picture-lines').nth(1).waitFor();
      await page.locator('.answer tbody tr').nth(1).waitFor();
    },
  },
  { name: 'system', looks: ['light'], path: at('/system'), ready: (page) => page.locator('tbody .mark.good').nth(3).waitFor() },
  {
    name: 'customer',
    looks: ['light', 'arabic', 'phone'],
    path: async (cartage) => {
      const orderId = await orderCalled(cartage, FOR_CUSTOMERS.channel, FOR_CUSTOMERS.number);
      return String((await cartage.send('POST', `/orders/${orderId}/links`, {}))['path']);
    },
    ready: (page) => page.locator('article').first().waitFor(),
    // Its service writes them by its own clock.
    varies: 'time',
  },
];
