import { eventually } from '@cartage/testkit';
import type { Page } from 'playwright-core';
import { heading, rowOf } from '../browser.fixture';
import { orderOf, shipmentToPack, type Served } from '../served.fixture';
import type { Pages } from '../site.fixture';

const PLACE = 'WHS-1';
let packing: string;

const orderFor = async (cartage: Served, number: string, lines: readonly object[]): Promise<string> => {
  const { orderId } = await cartage.send('PUT', `/channels/floor/orders/${number}`, orderOf('CUP-1', { lines }));
  return shipmentToPack(cartage, String(orderId));
};
const line = (lineId: string, sku: string, quantity: number) => ({ lineId, sku, quantity, unitPrice: 1_000 });

const furnish = async (cartage: Served): Promise<void> => {
  const { send } = cartage;
  const place = { name: 'Quay', kind: 'warehouse', country: 'GB', postalCode: 'E16 2AB', latitude: 51.5, longitude: 0.03, active: true };
  await send('PUT', `/inventory/locations/${PLACE}`, place);
  const goods = ['CUP-1', 'JAR-1', 'PAN-1'].map((sku) => ({ sku, quantity: 90 }));
  await send('POST', '/inventory/receipts', { location: PLACE, lines: goods });
  for (const { sku } of goods) {
    const dimensions = { lengthMm: 80, widthMm: 80, heightMm: 90 };
    const barcodes = sku === 'CUP-1' ? [{ code: '4006381333931' }, { code: '14006381333938', units: 12 }] : [];
    await send('PUT', `/inventory/items/${sku}`, { title: `A ${sku}`, weightGrams: 300, dimensions, barcodes });
  }
  const bins = [
    { sku: 'CUP-1', bin: 'A-01' },
    { sku: 'JAR-1', bin: 'A-02' },
  ];
  await eventually(() => send('PUT', `/shipping/locations/${PLACE}/bins`, { bins }));
  const edges = { lengthMm: 300, widthMm: 200, heightMm: 200 };
  const box = { code: 'M', inner: edges, outer: edges, tareGrams: 200, maxGrams: 15_000, padded: true };
  await send('PUT', `/shipping/locations/${PLACE}/boxes`, { boxes: [box] });
  await orderFor(cartage, 'WHS-PICK', [line('1', 'CUP-1', 2), line('2', 'JAR-1', 1)]);
  await send('POST', '/shipping/waves', { location: PLACE, picker: 'picker-7' });
  packing = await orderFor(cartage, 'WHS-PACK', [line('1', 'CUP-1', 1), line('2', 'PAN-1', 2)]);
};

/** A device that stands at the location. */
const stands = (page: Page): Promise<unknown> => page.evaluate(`localStorage.setItem('cartage.warehouse.location', '${PLACE}')`);

const scan = async (page: Page, code: string): Promise<void> => {
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
};
/** As a scanner does that has no keys. */
const pasted = (page: Page, code: string): Promise<unknown> =>
  page.evaluate(`(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', '${code}');
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  })()`);
const said = (page: Page, text: string | RegExp): Promise<void> => page.locator('.scan-said').filter({ hasText: text }).waitFor();

/** Waves, packing and handing over. */
export const warehousePages: Pages = {
  name: 'Warehouse',
  furnish,
  walks: [
    {
      path: '/warehouse',
      ready: async (page) => {
        await stands(page);
        await page.reload();
        await rowOf(page, 'picker-7').getByRole('link').click();
        await page.locator('.next-bin').waitFor();
      },
    },
    {
      path: '/warehouse?view=pack',
      ready: async (page) => {
        await stands(page);
        await page.goto(page.url().replace('?view=pack', `/pack/${packing}`));
        await page.locator('.work-card .bin-entry').first().waitFor();
      },
    },
    {
      path: '/warehouse?view=handover',
      ready: async (page) => {
        await stands(page);
        await page.reload();
        await page.locator('.scan-field').waitFor();
        await page.locator('.part').nth(1).locator('.state').waitFor();
      },
    },
  ],
  tests: (site) => {
    it('asks once where a device stands, makes a wave, and picks it by a scanner that types; what is wrong is told and counts nothing', async () => {
      await orderFor(site.cartage(), 'WHS-SCAN', [line('1', 'CUP-1', 1), line('2', 'JAR-1', 2)]);
      const page = await site.open('');
      await heading(page, 'Today');
      await page.keyboard.press('g');
      await page.keyboard.press('w');
      await heading(page, 'Warehouse');
      await page.getByRole('combobox', { name: 'This device stands at' }).selectOption(PLACE);
      await page.reload();
      await page.getByRole('button', { name: 'Make a wave' }).press('Enter');
      await page.getByLabel('Totes on the cart').fill('9');
      await page.getByRole('dialog').getByLabel('Picker').press('Enter');
      await heading(page, /^Wave /);
      await page.locator('.next-bin').filter({ hasText: 'A-01' }).waitFor();
      const done = (text: string): Promise<void> => page.locator('.work-progress').filter({ hasText: text }).waitFor();
      await done('0 of');
      await scan(page, 'LAMP-1');
      await said(page, 'LAMP-1 is not in this wave. Put it back. Nothing was counted.');
      await done('0 of');
      await page.getByRole('button', { name: 'Assign' }).focus();
      await scan(page, 'jar-1');
      await said(page, /JAR-1 into tote \d/);
      await done('1 of');
    });

    it('says what is missing, with a reason, and that nothing more is wanted', async () => {
      const cartage = site.cartage();
      const { waveId } = await eventually(async () => {
        await orderFor(cartage, 'WHS-SHORT', [line('1', 'PAN-1', 2)]);
        return cartage.send('POST', '/shipping/waves', { location: PLACE, unitsEach: 2 });
      });
      const page = await site.open(`/warehouse/waves/${String(waveId)}`);
      await page.getByRole('region', { name: 'Next' }).getByText('PAN-1', { exact: true }).waitFor();
      await scan(page, 'PAN-1');
      await said(page, 'PAN-1 into tote 1');
      await page.getByRole('button', { name: 'It is not there' }).click();
      await page.getByRole('dialog').getByText('PAN-1 A PAN-1').waitFor();
      await page.getByRole('combobox', { name: 'Why' }).selectOption('damaged');
      await page.getByRole('button', { name: 'Say that it is missing' }).click();
      await page.getByText('Everything was found, or found missing.').waitFor();
      await page.getByText('1 missing').waitFor();
      await scan(page, 'PAN-1');
      await said(page, 'One too many: the wave needs no more of PAN-1.');
    });

    it('packs by scan as suggested, prints label and slip, hands over by scan, and closes the day', async () => {
      const shipmentId = await orderFor(site.cartage(), 'WHS-LEAVE', [line('1', 'CUP-1', 2)]);
      const page = await site.open(`/warehouse/pack/${shipmentId}`);
      await stands(page);
      await page.getByRole('region', { name: 'Parcels' }).getByText('2 × CUP-1 A CUP-1').waitFor();
      await scan(page, 'JAR-1');
      await said(page, 'JAR-1 is not in this shipment');
      await scan(page, '14006381333938');
      await said(page, '14006381333938 stands for 12 units: fewer are wanted.');
      for (const code of ['CUP-1', ']C10104006381333931']) await scan(page, code);
      await said(page, 'CUP-1 is in');
      await pasted(page, 'CUP-1');
      await said(page, 'One too many: all CUP-1 are in.');
      await page.getByRole('button', { name: 'Pack it' }).click();
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save the label' }).click();
      expect((await saved).suggestedFilename()).toMatch(/^label-.*\.pdf$/);
      const number = await page.getByRole('region', { name: 'Label' }).locator('.code').first().innerText();
      await page.goto(`${site.url()}/console/warehouse?view=handover`);
      await rowOf(page, number).waitFor();
      await scan(page, 'NOBODY-1');
      await said(page, 'Nobody knows NOBODY-1. Nothing was handed over.');
      await scan(page, number);
      await said(page, `${number} is handed over`);
      await scan(page, number);
      await said(page, `${number} cannot be handed over`);
      await page.getByRole('button', { name: 'Close the day' }).click();
      await page.getByRole('dialog').getByLabel('Carrier').fill('simulated');
      await page.getByRole('dialog').getByRole('button', { name: 'Close the day' }).click();
      await page.getByRole('button', { name: 'Save the manifest' }).waitFor();
    });
  },
};
