import { heading, rowOf } from '../browser.fixture';
import { WorkingDay, type Person } from '../person.fixture';
import { labelled, orderOf, toComeBack, type Served } from '../served.fixture';
import type { Pages } from '../site.fixture';

const CHANNEL = 'day-shop';
const [MUG, BOWL, GONE] = ['DAY-MUG', 'DAY-BOWL', 'DAY-GONE'];
const EMAIL = 'day@example.org';
const mapping = {
  columns: { kind: 'Type', orderNumber: 'Order', gross: 'Gross', fee: 'Fee', settledAt: 'Day' },
  kinds: { Sale: 'charge' },
  ...{ currency: 'GBP', dateFormat: 'dd/MM/yyyy', delimiter: ';' },
};

let trackingNumber: string;

const place = async ({ send }: Served, number: string, more: Readonly<Record<string, unknown>> = {}): Promise<string> => {
  const { orderId } = await send('PUT', `/channels/${CHANNEL}/orders/${number}`, orderOf(MUG, more));
  return String(orderId);
};
const line = (lineId: string, sku: string, unitPrice: number) => ({ lineId, sku, quantity: 2, unitPrice });

/** Labelled and on its way: it is charged. */
const shipped = async (cartage: Served, number: string): Promise<string> => {
  const orderId = await place(cartage, number, { lines: [line('1', MUG, 1_250)] });
  const { path, trackingNumber: found } = await labelled(cartage, orderId, [{ lineId: '1', quantity: 2 }]);
  await cartage.send('POST', `${path}/dispatch`, {});
  return found;
};

const withReturn = async (cartage: Served): Promise<void> => {
  const lines = [{ ...line('1', MUG, 900), shipGroupId: 'till' }];
  const shipGroups = [{ shipGroupId: 'till', method: 'carry-out', pickupLocation: 'DAY-1' }];
  const orderId = await place(cartage, 'DAY-RETURN', { lines, shipGroups });
  await toComeBack(cartage, orderId);
};

const furnish = async (cartage: Served): Promise<void> => {
  const { send } = cartage;
  const harbour = { name: 'Hull', kind: 'warehouse', country: 'GB', postalCode: 'HU1 1AA', latitude: 53.7, longitude: -0.3, active: true };
  await send('PUT', '/inventory/locations/DAY-1', harbour);
  const stock = [MUG, 'POSTER', BOWL].map((sku) => ({ sku, quantity: 55 }));
  await send('POST', '/inventory/receipts', { location: 'DAY-1', reference: 'PO-DAY', lines: stock });
  await send('POST', '/inventory/adjustments', { location: 'DAY-1', sku: BOWL, quantity: -8, cause: 'damage' });
  await send('PUT', '/payments/settlement-sources/day-files', { overdueDays: 7, channels: [CHANNEL], mapping });
  trackingNumber = await shipped(cartage, 'DAY-SENT');
  await place(cartage, 'DAY-LATE', { lines: [line('1', GONE, 900)] });
  await place(cartage, 'DAY-TWO');
  await place(cartage, 'DAY-DEAR', { lines: [line('1', MUG, 500_000)] });
  await withReturn(cartage);
  const left = await place(cartage, 'DAY-LEFT', {
    customer: { id: 'day-left', name: 'Mary Somerville', email: EMAIL },
    lines: [line('1', GONE, 900)],
  });
  await send('POST', `/orders/${left}/cancellations`, { reason: { code: 'changed-mind' }, by: 'customer' });
};

/** To an order by whatever is known of it. */
const openBy = async (person: Person, text: string, number: string): Promise<void> => {
  await person.press('Control+k');
  await person.type(text);
  await person.page.locator('.palette-option').filter({ hasText: number }).waitFor();
  await person.press('Enter');
  await heading(person.page, `Order ${number}`);
};
const go = async (person: Person, key: string, to: string): Promise<void> => {
  await person.press('g');
  await person.press(key);
  await heading(person.page, to);
};
/** The heading of a page, the words of a region: what somebody reads. */
const reads = (person: Person, region: string, text: string | RegExp): Promise<void> =>
  person.page.getByRole('region', { name: region }).getByText(text).first().waitFor();

/** Ten tasks of a day, each from Home to where it is done. */
export const dayPages: Pages = {
  name: 'A day',
  furnish,
  walks: [],
  tests: (site) => {
    const day = new WorkingDay(site);
    afterAll(() => day.write('dist/console-day.md'));

    it('finds an order by its tracking number', () =>
      day.task('find an order by its tracking number', async (person) => {
        await openBy(person, trackingNumber, 'DAY-SENT');
        await reads(person, 'Parcels', trackingNumber);
      }));

    it('says why an order is late', () =>
      day.task('say why it is late', async (person) => {
        await openBy(person, 'DAY-LATE', 'DAY-LATE');
        await reads(person, 'Why it stands still', 'Stock is short');
      }));

    it('cancels one line, and sees what becomes of the money', () =>
      day.task('cancel one line and see the money', async (person) => {
        await openBy(person, 'DAY-TWO', 'DAY-TWO');
        await person.click(person.button('Cancel'));
        const dialog = person.page.getByRole('dialog', { name: 'Cancel this order' });
        await person.check(dialog.getByLabel('These lines'));
        await person.check(dialog.getByLabel(/POSTER/));
        await dialog.getByText('Stopped, if it is not too late: 1 × POSTER').waitFor();
        await person.click(dialog.getByRole('button', { name: 'Cancel it' }));
        await person.page
          .getByRole('region', { name: 'Lines' })
          .getByRole('row', { name: /POSTER.*Cancelled/ })
          .waitFor();
        await person.page.locator('.order-heading, .totals, main').getByText('£25.00').first().waitFor();
      }));

    it('releases a payment under review', () =>
      day.task('release a review', async (person) => {
        await go(person, 'q', 'Queues');
        await person.click(person.page.getByRole('navigation', { name: 'Queues' }).getByRole('link', { name: /^Payment review/ }));
        await person.click(rowOf(person.page, 'DAY-DEAR').getByRole('link').first());
        await person.click(person.button('Accept'));
        const dialog = person.page.getByRole('dialog');
        await person.fill(dialog.getByLabel('Why'), 'Called back; it is genuine.');
        await person.click(dialog.getByRole('button', { name: 'Accept' }));
        await rowOf(person.page, 'DAY-DEAR').waitFor({ state: 'detached' });
      }));

    it('receives a return by a scanner', () =>
      day.task('receive a return by scanner', async (person) => {
        await go(person, 'q', 'Queues');
        await person.click(person.page.getByRole('navigation', { name: 'Queues' }).getByRole('link', { name: /^Returns to receive/ }));
        await person.scan('DAY-RETURN', 'Scan or type a return');
        for (let unit = 1; unit <= 2; unit += 1) await person.scan(MUG, 'Scan a unit');
        await person.fill(person.page.getByLabel('Received at'), 'DAY-1');
        await person.click(person.button('Receive'));
        await person.page.getByText('2 asked, 2 received').first().waitFor();
      }));

    it('finds out why there are 47', () =>
      day.task('find out why stock is 47', async (person) => {
        await go(person, 's', 'Stock');
        await person.press('/');
        await person.type(BOWL);
        await person.click(rowOf(person.page, BOWL).getByRole('link').first());
        await reads(person, 'Why 47?', 'Adjusted · Damage');
      }));

    it('matches a settlement', () =>
      day.task('match a settlement', async (person) => {
        await go(person, 'm', 'Settlements');
        await person.click(person.button('Take a file'));
        const dialog = person.page.getByRole('dialog', { name: 'Take a file' });
        await person.choose(dialog.getByRole('combobox', { name: 'Source' }), 'day-files');
        const buffer = Buffer.from('Type;Order;Gross;Fee;Day\nSale;DAY-SENT;25.00;0.50;20/11/2026\n');
        person.steps += 1;
        await dialog.locator('input[type=file]').setInputFiles({ name: 'payout.csv', mimeType: 'text/csv', buffer });
        await person.click(dialog.getByRole('button', { name: 'Take it' }));
        await heading(person.page, 'Settlement by day-files');
        await person.page.getByText('Matched').first().waitFor();
      }));

    it('tries rules of routing on the past', () =>
      day.task('try a routing rule on the past', async (person) => {
        await go(person, 'r', 'Routing');
        await person.click(rowOf(person.page, 'In force').getByRole('link').first());
        await person.click(person.page.getByText('Try on the past'));
        await person.click(person.button('Try it'));
        await person.page
          .getByRole('status')
          .filter({ hasText: /\d+ looked at/ })
          .waitFor();
      }));

    it('has a view made anew', () =>
      day.task('rebuild a view', async (person) => {
        await go(person, 'y', 'System');
        await person.click(rowOf(person.page, 'Orders').getByRole('link').first());
        const view = rowOf(person.page, 'person_erasure');
        await person.click(view.getByRole('button', { name: 'Make anew' }));
        const dialog = person.page.getByRole('dialog', { name: 'Make person_erasure anew' });
        await person.click(dialog.getByRole('button', { name: 'Make anew' }));
        await dialog.waitFor({ state: 'detached' });
        await view.getByRole('time').nth(1).waitFor();
      }));

    it('erases a person', () =>
      day.task('erase a person', async (person) => {
        await go(person, 'y', 'System');
        await person.click(person.page.getByRole('link', { name: 'People' }));
        await person.fill(person.page.getByLabel('E-mail'), EMAIL);
        await person.click(person.button('Show what is known'));
        await person.click(person.button('Erase this person'));
        const dialog = person.page.getByRole('dialog', { name: 'Erase a person' });
        await person.fill(dialog.getByLabel(`Type ${EMAIL} once more`), EMAIL);
        await person.click(dialog.getByRole('button', { name: 'Erase this person' }));
        await heading(person.page, /^Erasure /);
        await person.page.locator('.main-heading').getByText('Erased').waitFor();
      }));
  },
};
