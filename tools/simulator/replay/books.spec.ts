import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check';
import { audit } from './audit';
import { sumOf } from './books';
import { creditsIn, type Credit } from './crediting';
import { rowsOf, type Row } from './file';
import { fileOf } from './fixture';
import { planOf, salesOf, blocksOf } from './plan';
import { Bookkeeper, told } from './reading';

const booksOf = async (file: string, limit?: number) => {
  const source = { file, limit };
  const plan = await planOf(source);
  const keeper = new Bookkeeper(plan.calledOff);
  for await (const line of told(source, plan.credited)) keeper.note(line);
  return keeper.books();
};

const all = async <Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> => {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
};

const small = fileOf([
  '1,A,"MUG, ""BLUE""",2,2010-12-01 08:26:00,2.55,17850.0,United Kingdom',
  '1,A,MUG,3,2010-12-01 08:26:00,2.55,17850.0,United Kingdom',
  '2,B,PLATE,1,2010-12-01 08:30:00,0.001,,EIRE',
  '1,P,POSTAGE,1,2010-12-01 08:26:00,18.0,17850.0,United Kingdom',
  '3,A,damaged,-7,2010-12-02 09:00:00,0.0,,United Kingdom',
  'C4,A,MUG,-4,2010-12-03 09:00:00,2.5,17850.0,United Kingdom',
  'C4,A,MUG,-2,2010-12-03 09:00:00,2.55,17850.0,United Kingdom',
  'C4,D,Discount,-1,2010-12-03 09:00:00,5.0,17850.0,United Kingdom',
]);

describe('the books of a file', () => {
  it('say of every line where it went, and of a credit in part what is left of it', async () => {
    expect(await booksOf(small)).toEqual({
      file: { lines: 8, units: -7, pence: 1275 + 0 + 1800 - 1000 - 510 - 500 },
      ordered: { lines: 4, units: 7, pence: 1275 + 0 + 1800 },
      returned: { lines: 2, units: -5, pence: -1000 - 255 },
      paidForReturned: 1275,
      parked: {
        discount: { lines: 1, units: -1, pence: -500 },
        'return-without-purchase': { lines: 0, units: -1, pence: -255 },
        'stock-write-off': { lines: 1, units: -7, pence: 0 },
      },
      cancelled: { lines: 0, units: 0, pence: 0 },
      calledOff: { lines: 0, units: 0, pence: 0 },
    });
  });

  const calledOff = fileOf([
    '1,A,MUG,2,2010-12-01 08:26:00,2.55,17850.0,United Kingdom',
    '2,A,MUG,3,2010-12-01 10:00:00,2.55,17850.0,United Kingdom',
    '2,B,PLATE,1,2010-12-01 10:00:00,1.0,17850.0,United Kingdom',
    'C3,A,MUG,-3,2010-12-01 12:00:00,2.55,17850.0,United Kingdom',
    'C4,A,MUG,-2,2010-12-02 10:00:01,2.5,17850.0,United Kingdom',
    'C4,B,PLATE,-1,2010-12-02 10:00:00,1.0,17850.0,United Kingdom',
  ]);

  it('know a sale that was called off by its credits of the first day, whatever else of the customer comes back', async () => {
    const books = await booksOf(calledOff);
    expect((await planOf({ file: calledOff })).calledOff).toEqual(new Set(['1']));
    expect(books.calledOff).toEqual({ lines: 1, units: 2, pence: 510 });
    // The first credit takes both units of invoice 1 and one of invoice 2: it is a return of one.
    expect(books.returned).toEqual({ lines: 3, units: -4, pence: -255 - 500 - 100 });
    expect(books.cancelled).toEqual({ lines: 0, units: -2, pence: -510 });
    expect(await audit({ file: calledOff })).toEqual(books);
  });

  it('take it for called off also where only the part of the file before its credit is run', async () => {
    const books = await booksOf(calledOff, 2);
    expect([books.calledOff.units, books.cancelled.units]).toEqual([2, 0]);
    expect(await audit({ file: calledOff, limit: 2 })).toEqual(books);
  });

  it('are the same by the independent pass', async () => {
    expect(await audit({ file: small })).toEqual(await booksOf(small));
    expect(await audit({ file: small, limit: 2 })).toEqual(await booksOf(small, 2));
  });

  const line = record({
    invoice: constantFrom('1', '2', '3', 'C4', 'C5', 'A6'),
    sku: constantFrom('A', 'B', 'D', 'POST', ''),
    quantity: integer({ min: -9, max: 9 }),
    price: constantFrom('0.0', '0.001', '1.25', '2.5', '9.995', '-3.0'),
    customer: constantFrom('', '17850.0', '12583.0'),
    country: constantFrom('United Kingdom', 'EIRE', 'Unspecified'),
    date: constantFrom('2010-12-01 08:26:00', '2010-12-02 08:26:00', '2010-12-03 09:00:00'),
  });

  it('agree with the independent pass, and leave no line out, whatever the file holds', () =>
    assert(
      asyncProperty(array(line, { maxLength: 60 }), async (lines) => {
        const file = fileOf(
          lines.map(({ invoice, sku, quantity, date, price, customer, country }) =>
            [invoice, sku, '"X, ""Y"""', quantity, date, price, customer, country].join(','),
          ),
        );
        const books = await booksOf(file);
        expect(await audit({ file })).toEqual(books);
        expect(sumOf(books)).toEqual(books.file);
      }),
      { numRuns: 60 },
    ));
});

describe('a file', () => {
  it('numbers the lines of an invoice through, even where they do not stand together', async () => {
    const rows = await all(rowsOf({ file: small }));
    expect(rows.filter(({ invoice }) => invoice === '1').map(({ lineId, sku }) => [lineId, sku])).toEqual([
      ['1', 'A'],
      ['2', 'A'],
      ['3', 'P'],
    ]);
    expect(rows[0]).toMatchObject({ description: 'MUG, "BLUE"', customer: '17850' });
  });

  it('gives each sale invoice once, whole', async () => {
    const { scattered, orders } = await planOf({ file: small });
    const sales = await all(salesOf({ file: small }, scattered));
    expect(sales.map((rows: readonly Row[]) => [rows[0]?.invoice, rows.length])).toEqual([
      ['2', 1],
      ['1', 3],
    ]);
    expect(orders).toBe(2);
  });

  it('tells what stock its sales take', async () => {
    const [block, ...others] = await all(blocksOf(small, 8));
    expect([block?.number, Object.fromEntries(block?.units ?? [])]).toEqual([1, { A: 5, B: 1, P: 1 }]);
    expect(others).toEqual([]);
  });

  it('puts what one credit note brings back of one sale together, under a name that stays', async () => {
    const source = { file: small };
    const plan = await planOf(source);
    const credits = await all(creditsIn(source, plan, new Bookkeeper(plan.calledOff)));
    expect(credits.map(({ key, sale, units }: Credit) => [key, sale, Object.fromEntries(units)])).toEqual([
      ['uci-return-C4-1-1', '1', { 1: 2, 2: 3 }],
    ]);
  });

  it('that is not there, or no such file, is told in a line', async () => {
    await expect(planOf({ file: '/nowhere/x.csv' })).rejects.toThrow('/nowhere/x.csv cannot be read');
    await expect(planOf({ file: __filename })).rejects.toThrow('The file has no column InvoiceNo');
  });
});
