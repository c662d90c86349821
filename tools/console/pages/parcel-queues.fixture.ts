import { eventually } from '@cartage/testkit';
import { rowOf } from '../browser.fixture';
import { carrierTells, labelled, orderOf, shipmentToPack, type Served } from '../served.fixture';
import type { Pages } from '../site.fixture';
import { deed, panel } from './deed.fixture';

const [CHANNEL, SKU, PLACE] = ['parcel-desk', 'Q-PARCEL', 'PRC-1'];
const contents = [{ lineId: '1', quantity: 2 }];

/** On its way, and its tracking number. */
let away: { readonly path: string; readonly trackingNumber: string };

const placed = async ({ send }: Served, number: string, more: object = {}): Promise<string> => {
  const lines = [{ lineId: '1', sku: SKU, quantity: 2, unitPrice: 900 }];
  return String((await send('PUT', `/channels/${CHANNEL}/orders/${number}`, orderOf(SKU, { lines, ...more })))['orderId']);
};

/** No carrier goes there. */
const refusedLabel = async (cartage: Served): Promise<void> => {
  const shipTo = { lines: ['1 Kim Il Sung Square'], city: 'Pyongyang', country: 'KP' };
  const path = `/shipping/shipments/${await shipmentToPack(cartage, await placed(cartage, 'PARCEL-KP', { shipTo }))}`;
  // Customs have to be told what it is, which shipping may not have heard yet.
  await eventually(() => cartage.send('POST', `${path}/pack`, { parcels: [{ weightGrams: 800, lines: contents }] }));
  await eventually(async () => expect(await cartage.send('GET', path)).toMatchObject({ status: 'label-failed' }));
};

/** The customer was not there; and the carrier is asked to pay for what it broke. */
const undelivered = async (cartage: Served): Promise<void> => {
  away = await labelled(cartage, await placed(cartage, 'PARCEL-AWAY'), contents);
  await cartage.send('POST', `${away.path}/dispatch`, {});
  await carrierTells(cartage, away.trackingNumber, 'NOT_DELIVERED');
  await eventually(async () => expect(await cartage.send('GET', away.path)).toMatchObject({ status: 'attempt-failed' }));
  const shipmentId = away.path.split('/').at(-1);
  await cartage.send('POST', '/shipping/claims', { shipmentId, parcelId: '1', currency: 'GBP', amount: 1_800, reason: 'damaged' });
};

/** A line of a settlement that is of no order of ours. */
const strangeLine = async ({ send, url }: Served): Promise<void> => {
  const columns = { kind: 'Type', orderNumber: 'Order', gross: 'Gross', fee: 'Fee', settledAt: 'Day' };
  const mapping = { columns, kinds: { Sale: 'charge' }, currency: 'GBP', dateFormat: 'dd/MM/yyyy', delimiter: ';' };
  await send('PUT', '/payments/settlement-sources/parcel-files', { overdueDays: 7, channels: [CHANNEL], mapping });
  const headers = { 'content-type': 'text/csv', 'idempotency-key': 'parcel-files' };
  const body = 'Type;Order;Gross;Fee;Day\nSale;PARCEL-NOBODY;9.00;0.00;20/11/2026\n';
  expect((await fetch(`${url}/payments/settlements?settlementSource=parcel-files`, { method: 'POST', headers, body })).status).toBe(200);
};

const furnish = async (cartage: Served): Promise<void> => {
  const { send } = cartage;
  const dock = { name: 'Dock', kind: 'warehouse', country: 'GB', postalCode: 'HU1 1AA', latitude: 53.7, longitude: -0.3, active: true };
  await send('PUT', `/inventory/locations/${PLACE}`, dock);
  const customs = { hsCode: '691200', originCountry: 'CN' };
  await send('PUT', `/inventory/items/${SKU}`, { title: 'A lamp that is sent', weightGrams: 400, customs });
  await send('POST', '/inventory/receipts', { location: PLACE, reference: 'PO-PRC', lines: [{ sku: SKU, quantity: 20 }] });
  await Promise.all([refusedLabel, undelivered, strangeLine].map((make) => make(cartage)));
};

/** What is done about parcels that do not arrive, and about what is paid for them. */
export const parcelQueuesPages: Pages = {
  name: 'Queues of parcels',
  furnish,
  walks: [],
  tests: (site) => {
    it('asks for a label again that was refused, and shows that it is refused again', async () => {
      const page = await site.open(`/queues/label-failures?channel=${CHANNEL}`);
      await page.locator('[data-row]').first().click();
      await deed(page, 'Ask for a label again', (dialog) => dialog.getByLabel('Service').fill('express'));
      await panel(page).getByRole('button', { name: 'Ask for a label again' }).waitFor();
    });

    it('has a parcel sent back that was not delivered, and books it in once it comes back', async () => {
      const page = await site.open(`/queues/undelivered?channel=${CHANNEL}`);
      await page.locator('[data-row]').first().click();
      await deed(page, 'Tell the carrier what to do', (dialog) => dialog.getByLabel('What it is to do').selectOption('return'));
      await carrierTells(site.cartage(), away.trackingNumber, 'RETURN_TO_SENDER');
      await eventually(async () => expect(await site.cartage().send('GET', away.path)).toMatchObject({ status: 'returning' }));
      await page.goto(`${site.url()}/console/queues/coming-back?channel=${CHANNEL}`);
      await page.locator('[data-row]').first().click();
      await deed(page, 'Book it in', (dialog) => dialog.getByLabel('Location').fill(PLACE));
      await eventually(async () => expect(await site.cartage().send('GET', away.path)).toMatchObject({ status: 'returned' }));
    });

    it('keeps what a carrier accepts of a claim', async () => {
      const page = await site.open('/queues/carrier-claims?carrier=simulated');
      await rowOf(page, away.trackingNumber).getByRole('link').first().click();
      await deed(page, 'The carrier accepts', (dialog) => dialog.getByLabel('Amount').fill('15.00'));
      await panel(page).getByText('£15.00').waitFor();
      await panel(page).getByRole('button', { name: 'The carrier has paid' }).waitFor();
    });

    it('closes a line of a settlement that does not agree, with a reason', async () => {
      const page = await site.open('/queues/settlement-mismatches?source=parcel-files');
      await rowOf(page, 'PARCEL-NOBODY').getByRole('link').first().click();
      await deed(page, 'Close what does not agree', async (dialog) => {
        // What was asked for stays open until it comes; this is lost.
        await dialog.getByLabel('How').selectOption('write-off');
        await dialog.getByLabel('Reason').fill('not-ours');
      });
      await rowOf(page, 'PARCEL-NOBODY').waitFor({ state: 'detached' });
    });
  },
};
