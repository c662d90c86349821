import { eventually } from '@cartage/testkit';
import { heading, rowOf } from '../browser.fixture';
import type { Served } from '../served.fixture';
import type { Pages } from '../site.fixture';

const CHANNEL = 'rules-shop';
const SKU = 'RULED';
const TEMPLATE = 'dispatched.email.en';

const order = {
  customer: { id: 'rules-customer', name: 'Emmy Noether', email: 'emmy@example.com' },
  shipTo: { lines: ['1 Market Street'], city: 'Manchester', postalCode: 'M1 1PT', country: 'GB' },
  currency: 'GBP',
  lines: [{ lineId: '1', sku: SKU, quantity: 1, unitPrice: 1_500 }],
  payment: { method: 'card', token: 'tok_visa' },
};

type Rules = Readonly<Record<string, unknown>>;

/** Version 2 of the rules of verification, which nobody puts in force before a test does; and an order to try rules on. */
const furnish = async ({ send }: Served): Promise<void> => {
  const place = {
    name: 'Salford',
    kind: 'warehouse',
    country: 'GB',
    postalCode: 'M5 3EQ',
    latitude: 53.48,
    longitude: -2.27,
    active: true,
  };
  await send('PUT', '/inventory/locations/RUL-1', place);
  await send('POST', '/inventory/receipts', { location: 'RUL-1', reference: 'PO-RUL', lines: [{ sku: SKU, quantity: 20 }] });
  const { orderId } = await send('PUT', `/channels/${CHANNEL}/orders/RULED-1`, order);
  const { rules } = (await send('GET', '/payments/verification-rules/1')) as { readonly rules: Rules };
  await send('POST', '/payments/verification-rules', { rules: { ...rules, reviewWithinMinutes: 77 }, note: 'Reviews take longer.' });
  const { rules: routing } = (await send('GET', '/fulfillment/rules/settings')) as { readonly rules: Rules };
  await send('POST', '/fulfillment/rules', { rules: { ...routing, maxAttempts: 7 }, note: 'Try more places.' });
  await eventually(async () => {
    const { items } = await send('GET', `/shipping/shipments?orderId=${String(orderId)}`);
    expect(items).toHaveLength(1);
  });
};

/** Rules of each kind: their versions, drafts, differences and trials. */
export const rulesPages: Pages = {
  name: 'Rules',
  furnish,
  walks: [
    { path: '/rules', ready: (page) => page.locator('.code-lines').first().waitFor() },
    { path: '/rules/verification?version=2&view=difference', ready: (page) => page.locator('.rule-changes').waitFor() },
    { path: '/rules/returns?view=draft', ready: (page) => page.locator('.rule-group').first().waitFor() },
    { path: `/rules/templates/${TEMPLATE}`, ready: (page) => page.locator('.rendered-text').waitFor() },
  ],
  tests: (site) => {
    it('drafts rules of verification: says at its field what is wrong, shows the difference, puts it in force and takes it back', async () => {
      const page = await site.open('/rules/verification?version=1&view=draft');
      const bulk = page.getByRole('spinbutton', { name: 'Units of one SKU that are unusual' });
      await bulk.fill('0');
      await page.getByRole('textbox', { name: /^Why/ }).fill('Everything is bulk.');
      await page.getByRole('button', { name: 'Save the draft' }).click();
      await page.getByRole('alert').getByRole('button', { name: 'Units of one SKU that are unusual' }).click();
      expect(await bulk.evaluate((field) => field === field.ownerDocument.activeElement && field.ariaInvalid)).toBe('true');
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type('4711');
      await page.getByRole('button', { name: 'Save the draft' }).click();
      await page.getByRole('heading', { name: /^Version \d+$/ }).waitFor();
      await page
        .getByRole('region', { name: 'Difference' })
        .getByRole('row', { name: /^Units of one SKU that are unusual \d+ 4,711/ })
        .waitFor();
      await rowOf(page, 'Everything is bulk.').getByRole('button', { name: 'Put in force' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('row', { name: /^Units of one SKU that are unusual \d+ 4,711/ }).waitFor();
      await dialog.getByLabel('Why').fill('It was tried.');
      await dialog.getByRole('button', { name: 'Put it in force' }).click();
      await rowOf(page, 'Everything is bulk.').getByText('In force').waitFor();
      await page.getByRole('button', { name: 'Roll back' }).click();
      await dialog.getByLabel('Why').fill('It was wrong.');
      await dialog.getByRole('button', { name: 'Roll back' }).click();
      await rowOf(page, 'Everything is bulk.').getByRole('button', { name: 'Put in force' }).waitFor();
    });

    it('tries rules of routing on the past, and plays it forward by them', async () => {
      const page = await site.open('/rules?version=1&view=trial');
      await page.getByRole('button', { name: 'Try it' }).click();
      await page.getByRole('row', { name: /Fulfilments/ }).waitFor();
      await page.getByText(/\d+ looked at, none would be otherwise\./).waitFor();
      await page.getByRole('button', { name: 'Play the past forward' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('From').fill(new Date(Date.now() - 86_400_000).toISOString().slice(0, 10));
      await dialog.getByRole('button', { name: '+ Other stock' }).click();
      await dialog.getByRole('button', { name: /Add to “Other stock”/ }).click();
      const other = dialog.getByRole('group', { name: 'Other stock 1' });
      await other.getByLabel('SKU').fill(SKU);
      await other.getByLabel('Location').fill('RUL-1');
      await other.getByLabel('Units more').fill('-20');
      await dialog.getByLabel('Why').fill('Before we are sure.');
      await dialog.getByRole('button', { name: 'Play it' }).click();
      const fork = page.getByRole('listitem').filter({ hasText: 'Before we are sure.' });
      await fork.getByText(`-20 × ${SKU} at RUL-1`).waitFor();
      await fork.getByText('Done').waitFor();
      await fork.getByRole('row', { name: /Orders that wait/ }).waitFor();
      await fork.getByText('Locations, day by day').press('Enter');
      await fork
        .getByRole('row', { name: /^RUL-1 / })
        .first()
        .waitFor();
      await fork.locator('.day-bars rect').first().waitFor({ state: 'attached' });
    });

    it('opens versions by the keyboard, and what each says', async () => {
      const page = await site.open('');
      await heading(page, 'Today');
      for (const key of ['g', 'r']) await page.keyboard.press(key);
      await heading(page, 'Routing');
      await rowOf(page, 'Try more places.').waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: /^Version \d+$/ }).waitFor();
      await page.getByRole('region', { name: 'Rules' }).getByText('"maxAttempts": 7').waitFor();
    });

    it('adds a promise policy, changes it, and puts an earlier revision in force again', async () => {
      const page = await site.open('/rules/promises');
      await page.getByRole('button', { name: 'Add a policy' }).click();
      await page.getByRole('textbox', { name: /^Name/ }).fill('rules-slow');
      await page.getByRole('button', { name: 'Save' }).click();
      await heading(page, 'rules-slow');
      await page.getByRole('button', { name: 'Change' }).first().click();
      await page.getByLabel('Cut-off').fill('09:30');
      await page.getByRole('button', { name: 'Save, in force from now on' }).click();
      await page.getByRole('region', { name: 'Rules' }).getByText('"09:30"').waitFor();
      await page.getByRole('button', { name: 'Put in force' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Put it in force' }).click();
      await page.getByRole('heading', { name: 'Version 2' }).waitFor();
      await eventually(async () =>
        expect(await site.cartage().send('GET', '/promises/policies/rules-slow')).toMatchObject({ revision: 3, cutOff: '14:00' }),
      );
    });

    it('drafts whom labels are bought from: a carrier that nobody set up is told at its field', async () => {
      const page = await site.open('/rules/carriers?version=settings&view=draft');
      const first = page.getByRole('group', { name: 'Carriers', exact: true }).getByRole('textbox');
      await first.fill('nobody');
      await page.getByRole('textbox', { name: /^Why/ }).fill('Somebody else.');
      await page.getByRole('button', { name: 'Save the draft' }).click();
      await page.getByRole('alert').getByRole('button', { name: 'Carriers 1' }).click();
      expect(await first.evaluate((field) => field === field.ownerDocument.activeElement && field.ariaInvalid)).toBe('true');
      await first.fill('simulated');
      await page.getByRole('spinbutton', { name: 'Low costs' }).fill('7');
      await page.getByRole('button', { name: 'Save the draft' }).click();
      await page.getByRole('heading', { name: 'Version 1' }).waitFor();
      await page.getByRole('row', { name: /Low costs \d+ 7$/ }).waitFor();
    });

    it('adds a price list, and writes its prices as people write money; one SKU twice is told at its field', async () => {
      const page = await site.open('/rules/prices');
      await page.getByRole('button', { name: 'Add a price list' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('rules-friday');
      await dialog.getByLabel('Currency').fill('gbp');
      await dialog.getByLabel('Holds from').fill('2026-11-27T00:00:00');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await heading(page, 'rules-friday');
      for (const [n, price] of [
        [1, '12.50'],
        [2, '9'],
      ] as const) {
        await page.getByRole('button', { name: /Add to “Prices”/ }).click();
        const item = page.getByRole('group', { name: `Prices ${n}` });
        await item.getByLabel('SKU').fill(SKU);
        await item.getByLabel('Price of one unit').fill(price);
      }
      await page.getByRole('button', { name: 'Save, in force from now on' }).click();
      await page.getByRole('alert').getByRole('button', { name: 'Prices 2 › SKU' }).waitFor();
      await page.getByRole('button', { name: 'Remove Prices 2' }).click();
      await page.getByRole('button', { name: 'Save, in force from now on' }).click();
      await page.getByRole('heading', { name: 'Version 2' }).waitFor();
      expect(await site.cartage().send('GET', '/inventory/price-lists/rules-friday')).toMatchObject({
        ...{ currency: 'GBP', taxIncluded: true, prices: [{ sku: SKU, unitPrice: 1_250 }] },
      });
    });

    it('adds, moves and removes what is in a list by the keyboard; the text of the rules says the same', async () => {
      const page = await site.open('/rules/returns?view=draft');
      const reasons = page.getByRole('group', { name: 'Reasons that are our fault' });
      const add = reasons.getByRole('button', { name: /Add to/ });
      await add.waitFor();
      const before = await reasons.getByRole('listitem').count();
      for (const reason of ['first-of-ours', 'second-of-ours']) {
        await add.press('Enter');
        await page.keyboard.type(reason);
      }
      await page.keyboard.press('Alt+ArrowUp');
      const written = (): Promise<readonly string[]> =>
        reasons.getByRole('combobox').evaluateAll((all) => all.map((each) => ('value' in each ? String(each.value) : '')));
      await eventually(async () => expect((await written()).slice(before)).toEqual(['second-of-ours', 'first-of-ours']));
      await reasons.getByRole('button', { name: `Remove Reasons that are our fault ${before + 2}` }).press('Enter');
      await page.getByRole('row', { name: /^Reasons that are our fault .*Added: second-of-ours/ }).waitFor();
      await page.getByRole('button', { name: 'As text' }).click();
      const text = await page.getByRole('textbox', { name: 'Rules' }).inputValue();
      expect(JSON.parse(text)).toMatchObject({ faultReasons: expect.arrayContaining(['second-of-ours']) });
      expect(text).not.toContain('first-of-ours');
    });

    it('shows a message as a customer reads it, and drafts other words', async () => {
      const page = await site.open('/rules/templates');
      await page.getByRole('combobox', { name: 'About' }).selectOption('dispatched');
      await page.getByRole('link', { name: TEMPLATE, exact: true }).click();
      await page.locator('.rendered-text').filter({ hasText: /\S/ }).waitFor();
      await page.getByRole('button', { name: 'New draft' }).click();
      const text = page.getByRole('textbox', { name: 'Text' });
      await text.fill(`${await text.inputValue()}\nWith love on [[{date, date, long}]].`);
      await page.getByRole('combobox', { name: 'In the language' }).selectOption('de');
      await page
        .getByRole('region', { name: 'As a customer would read it' })
        .getByText(/With love on \d+\. \p{L}+ \d{4}\./u)
        .waitFor();
      await page.getByRole('button', { name: 'Save the draft' }).click();
      await page.getByRole('row', { name: /New:\s*With love on/ }).waitFor();
    });
  },
};
