import type { CustomsDeclaration, LineQuantity } from '@cartage/contracts';
import fc from 'fast-check';
import { declared, missingFor, type Crossing, type DeclarableItem } from './declaration';
import { hasParts, isBorder, territoryOf } from './territories';

const border = (from: readonly [string, string?], to: readonly [string, string?]): boolean =>
  isBorder(territoryOf({ country: from[0], postalCode: from[1] }), territoryOf({ country: to[0], postalCode: to[1] }));

describe('a border', () => {
  it.each<[string, readonly [string, string?], readonly [string, string?], boolean]>([
    ['within a country', ['GB', 'LS1 1AA'], ['GB', 'SW1A 1AA'], false],
    ['within the European Union', ['DE', '10115'], ['FR', '75004'], false],
    ['out of the European Union', ['DE', '10115'], ['GB', 'SW1A 1AA'], true],
    ['to Northern Ireland from Great Britain', ['GB', 'LS1 1AA'], ['GB', 'BT1 5GS'], false],
    ['to Northern Ireland from the European Union', ['IE', 'D02 X285'], ['GB', 'bt1 5gs'], false],
    ['to the Channel Islands', ['GB', 'LS1 1AA'], ['JE', 'JE2 3AB'], true],
    ['to the Isle of Man', ['GB', 'LS1 1AA'], ['IM', 'IM1 1AA'], false],
    ['to the Canary Islands', ['ES', '28001'], ['ES', '35001'], true],
    ['to Ceuta', ['ES', '28001'], ['ES', '51001'], true],
    ['to Majorca', ['ES', '28001'], ['ES', '07001'], false],
    ['to Réunion, by its country or by its postal code', ['FR', '75004'], ['FR', '974 00'], true],
    ['to Réunion', ['FR', '75004'], ['RE', '97400'], true],
    ['to Guadeloupe, with the country before the code', ['FR', '75004'], ['FR', 'F-97110'], true],
    ['to Northern Ireland, by its area', ['IE', 'D02'], ['GB', 'BT1'], false],
    ['to Monaco', ['FR', '75004'], ['MC', '98000'], false],
    ['to Heligoland', ['DE', '10115'], ['DE', '27498'], true],
    ['to Livigno', ['IT', '20121'], ['IT', '23041'], true],
    ['to Åland', ['FI', '00100'], ['FI', '22100'], true],
    ['to Liechtenstein', ['CH', '8001'], ['LI', '9490'], false],
    ['to Puerto Rico', ['US', '10001'], ['US', '00901'], false],
    ['to Guam', ['US', '10001'], ['US', '96910'], true],
    ['to a military post office', ['US', '10001'], ['US', '09012'], true],
    ['to Svalbard', ['NO', '0150'], ['NO', '9170'], true],
  ])('%s', (_, from, to, is) => expect(border(from, to)).toBe(is));

  it('is looked for by postal code only in countries of several parts', () =>
    expect(['GB', 'ES', 'JP', 'PL'].map(hasParts)).toEqual([true, true, false, false]));
});

const mug = { title: 'Mug', weightGrams: 300, customs: { hsCode: '691200', originCountry: 'CN' } };
const crossing = (over: Partial<Crossing> = {}): Crossing => ({
  ...{ from: 'GB', to: 'CH', currency: 'GBP' },
  sold: new Map([['1', { quantity: 3, unitPrice: 1_200, total: 3_600, tax: 600 }]]),
  items: new Map([['MUG', mug]]),
  ...over,
});
const mugs = (quantity: number): LineQuantity => ({ lineId: '1', sku: 'MUG', quantity });
const parcel = (parcelId: string, weightGrams: number, ...lines: readonly LineQuantity[]) => ({ parcelId, weightGrams, lines });
const papers = ({ parcels }: CustomsDeclaration) => parcels.map(({ document, value }) => [document, value]);

describe('a customs declaration', () => {
  it('says of each line what it is, where it is from, what it weighs and what it is worth without tax', () =>
    expect(declared(crossing(), [parcel('1', 1_100, mugs(3))])).toEqual({
      ...{ from: 'GB', to: 'CH', currency: 'GBP' },
      parcels: [
        {
          ...{ parcelId: '1', document: 'cn22', weightGrams: 1_100, value: 3_000 },
          lines: [
            {
              ...{ lineId: '1', sku: 'MUG', description: 'Mug', hsCode: '691200', originCountry: 'CN' },
              ...{ quantity: 3, weightGrams: 900, value: 3_000 },
            },
          ],
        },
      ],
    }));

  it('is the least paper that weight and value allow; of a currency of unknown worth the whole one', () => {
    const worth = (total: number, currency = 'GBP') =>
      crossing({ currency, sold: new Map([['1', { quantity: 1, unitPrice: total, total, tax: 0 }]]) });
    const paper = (grams: number, from: Crossing) => papers(declared(from, [parcel('1', grams, mugs(1))]))[0]?.[0];
    expect(paper(2_000, worth(27_000))).toBe('cn22');
    expect(paper(2_001, worth(27_000))).toBe('cn23');
    expect(paper(2_000, worth(27_001))).toBe('cn23');
    expect(paper(30_001, worth(27_001))).toBe('commercial-invoice');
    expect(paper(500, worth(87_301))).toBe('commercial-invoice');
    expect(paper(500, worth(9_000, 'JPY'))).toBe('cn22');
    expect(paper(500, worth(1, 'XTS'))).toBe('commercial-invoice');
  });

  it('of what was given away has its price', () => {
    const free = crossing({ sold: new Map([['1', { quantity: 2, unitPrice: 700, total: 0, tax: 0 }]]) });
    expect(papers(declared(free, [parcel('1', 500, mugs(1))]))).toEqual([['cn22', 700]]);
  });

  it('of a kit that customs know nothing of names its parts, which share its worth', () => {
    const kit: LineQuantity = {
      ...mugs(3),
      sku: 'SET',
      parts: [
        { sku: 'MUG', quantity: 2, share: 3 },
        { sku: 'LID', quantity: 1, share: 1 },
      ],
    };
    const items = new Map<string, DeclarableItem>([
      ['MUG', mug],
      ['LID', { ...mug, title: 'Lid' }],
      ['SET', { title: 'Set', weightGrams: 1 }],
    ]);
    const [first] = declared(crossing({ items }), [parcel('1', 500, kit)]).parcels;
    expect(first?.lines.map(({ sku, quantity, value }) => [sku, quantity, value])).toEqual([
      ['MUG', 6, 2_250],
      ['LID', 3, 750],
    ]);
  });

  it('is missing by field what nobody knows', () => {
    const items = new Map([['MUG', { title: 'Mug' }]]);
    const lines = [mugs(1), { lineId: '2', sku: 'LAMP', quantity: 1 }];
    expect(missingFor(crossing({ items }), lines).map(({ field }) => field)).toEqual([
      'items.MUG.customs',
      'items.MUG.weightGrams',
      'items.LAMP',
      'lines.2.unitPrice',
    ]);
    expect(missingFor(crossing(), [mugs(1)])).toEqual([]);
  });

  it('adds up to what was paid without tax, in however many parcels it goes', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 99_999 }),
        (units, total) => {
          const quantity = units.reduce((sum, each) => sum + each, 0);
          const sold = new Map([['1', { quantity, unitPrice: total, total, tax: 0 }]]);
          const { parcels } = declared(
            crossing({ sold }),
            units.map((each, n) => parcel(String(n), 500, mugs(each))),
          );
          expect(parcels.reduce((sum, { value }) => sum + value, 0)).toBe(total);
        },
      ),
      { numRuns: 50 },
    ));
});
