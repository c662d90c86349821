import { contracts, type Barcode, type Envelope } from '@cartage/contracts';
import { sampleOf } from '@cartage/testkit';
import { mergedRows, withDimensions } from './merging';
import { tableNamed } from './star';
import { feeds } from './feeds';
import { factsOf, toldTypes } from './facts';
import type { Fact } from './table';

const envelopeOf = ({ type, topic }: (typeof contracts)[number]): Envelope => ({
  id: '0199a3c4-7b1e-7c3d-9f2a-00000000e001',
  type,
  version: 1,
  topic,
  source: '/cartage/sample',
  subject: 'sample',
  key: 'sample',
  time: '2026-11-28T09:00:00.000Z',
  sequence: 1,
  correlationId: 'c',
  replay: false,
  data: sampleOf(type as 'OrderPlaced'),
});

const published = contracts.filter(({ type }) => toldTypes.includes(type));

describe('what events say to the star', () => {
  it('is of types that are published', () => {
    const known = new Set(contracts.map(({ type }) => type));
    expect(toldTypes.filter((type) => !known.has(type))).toEqual([]);
  });

  it.each(published.map((contract) => [contract.type, contract] as const))(
    '%s names columns that there are, and the key of each row',
    (_, contract) => {
      const facts = factsOf(envelopeOf(contract));
      expect(facts.length).toBeGreaterThan(0);
      for (const { table, row } of facts) {
        const { columns, key } = tableNamed(table);
        expect(Object.keys(row).filter((column) => columns[column] === undefined)).toEqual([]);
        expect(key.filter((column) => row[column] === undefined)).toEqual([]);
      }
      expect(() => mergedRows(withDimensions(facts))).not.toThrow();
    },
  );

  it.each([
    ['routing@3', { policy: 'routing', version: '3' }],
    ['nearest-of-fewest-1/split-2/attempts-3', { policy: 'routing', version: 'nearest-of-fewest-1/split-2/attempts-3' }],
  ])('knows that what was decided by %s was decided by rules of routing, whatever they are called', (rules, { policy, version }) => {
    const contract = contracts.find(({ type }) => type === 'FulfillmentBrokered');
    if (!contract) throw new Error('Nothing is brokered.');
    const brokered = envelopeOf(contract);
    const [decision] = factsOf({ ...brokered, data: { ...sampleOf('FulfillmentBrokered'), rules } });
    expect(decision).toMatchObject({ table: 'fact_routing_decision', row: { rules, policy_key: policy, policy_version: version } });
  });

  it('knows goods by the GTIN of one unit in 14 digits, and not by those of packs and codes of the retailer’s own', () => {
    const contract = contracts.find(({ type }) => type === 'ItemChanged');
    if (!contract) throw new Error('Nobody describes items.');
    const gtinsOf = (barcodes: readonly Barcode[] | undefined) =>
      factsOf({ ...envelopeOf(contract), data: { ...sampleOf('ItemChanged'), barcodes } }).map(({ table, row }) => [table, row['gtin']]);
    const [pack, own] = [
      { code: '14006381333938', kind: 'gtin', units: 12 },
      { code: '4006381333931', kind: 'own', units: 1 },
    ] as const;
    const both = (gtin: string | undefined) => [
      ['dim_product', gtin],
      ['dim_product_history', gtin],
    ];
    expect(gtinsOf([pack, own, { code: '036000291452', kind: 'gtin', units: 1 }, { code: '40170725', kind: 'gtin', units: 1 }])).toEqual(
      both('00036000291452'),
    );
    expect([gtinsOf([pack, own]), gtinsOf([]), gtinsOf(undefined)]).toEqual([both(undefined), both(undefined), both(undefined)]);
  });

  it('takes what a newer description leaves out for not known any more, in whatever order descriptions come', () => {
    const contract = contracts.find(({ type }) => type === 'ItemChanged');
    if (!contract) throw new Error('Nobody describes items.');
    const told = (revision: number, more: object) =>
      withDimensions(factsOf({ ...envelopeOf(contract), data: { ...sampleOf('ItemChanged'), ...more, revision } }));
    const [first, second] = [told(1, {}), told(2, { category: undefined, weightGrams: undefined })];
    const rowIn = (facts: readonly Fact[]) => mergedRows(facts).find(({ table }) => table.name === 'dim_product')?.rows;
    const expected = [
      expect.objectContaining({ sku: 'GIFT-7', title: 'Lantern with two candles', category: null, weight_grams: null, revision: 2 }),
    ];
    expect([rowIn([...first, ...second]), rowIn([...second, ...first]), rowIn(second)]).toEqual([expected, expected, expected]);
  });

  it('knows of a return what it was judged by, and apart from that what chose who brings it back', () => {
    type Told = 'ReturnAuthorized' | 'ReturnDeclined' | 'ReturnLabelRequested' | 'ReturnLabelFailed';
    const rowsOf = (type: Told, more: { readonly policy?: string | undefined } = {}) => {
      const contract = contracts.find((each) => each.type === type);
      if (!contract) throw new Error(`Nobody publishes ${type}.`);
      const told = factsOf({ ...envelopeOf(contract), data: { ...sampleOf(type), ...more } });
      return told.flatMap(({ table, row }) => (table === 'fact_return' ? [row] : []));
    };
    for (const type of ['ReturnAuthorized', 'ReturnDeclined'] as const)
      expect(rowsOf(type, { policy: '2026-winter' })).toMatchObject([{ policy_key: 'returns', policy_version: '2026-winter' }]);
    const [requested] = rowsOf('ReturnLabelRequested', { policy: 'carriers@3' });
    expect(requested).toMatchObject({
      label_policy_key: 'carriers',
      label_policy_version: '3',
      label_requested_at: '2026-11-28T09:00:00.000Z',
    });
    expect(requested).not.toHaveProperty('policy_key');
    expect(rowsOf('ReturnLabelRequested', { policy: undefined })[0]).not.toHaveProperty('label_policy_key');
    const [unnamed, refused] = [
      rowsOf('ReturnLabelFailed', { policy: undefined })[0],
      rowsOf('ReturnLabelFailed', { policy: 'carriers@3' })[0],
    ];
    expect(unnamed).toMatchObject({ label_failures: 1, label_failed_at: '2026-11-28T09:00:01.000Z' });
    expect(unnamed).not.toHaveProperty('label_policy_key');
    expect(refused).toMatchObject({ label_failures: 1, label_policy_key: 'carriers', label_policy_version: '3' });
    expect(refused).not.toHaveProperty('policy_key');
  });

  it.each([
    ['the first of its ship groups', true, ['fact_promise', 'fact_order']],
    ['another one', undefined, ['fact_promise']],
  ])('knows where an order goes once %s goes elsewhere', (_, isFirst, tables) => {
    const contract = contracts.find(({ type }) => type === 'DestinationChanged');
    if (!contract) throw new Error('Nothing goes elsewhere.');
    const told = factsOf({ ...envelopeOf(contract), data: { ...sampleOf('DestinationChanged'), destination: { country: 'FR' }, isFirst } });
    expect(told.map(({ table, row }) => [table, row['country']])).toEqual(tables.map((table) => [table, 'FR']));
  });

  it('says by which topics each table is fed', () => {
    const found = new Map<string, Set<string>>();
    for (const contract of published)
      for (const { table } of withDimensions(factsOf(envelopeOf(contract))))
        found.set(table, (found.get(table) ?? new Set()).add(contract.topic));
    expect(Object.fromEntries([...found].map(([table, topics]) => [table, [...topics].toSorted()]))).toEqual(feeds);
  });
});
