import type { Known, Sale } from './known';

export type Cell = string | number;
export type Rows = readonly (readonly Cell[])[];

/** A question that can be answered twice: from the tables for analysts, and by the file alone. */
export interface TwiceAnswered {
  readonly asks: string;
  /** Its rows are in the order of the other answer's, or of no order: both are sorted. */
  readonly sql: string;
  readonly byFile: (known: Known) => Rows;
}

/** Sums by name. */
const totals = <Each>(all: readonly Each[], nameOf: (each: Each) => Cell, ...figures: readonly ((each: Each) => number)[]): Rows => {
  const found = new Map<Cell, number[]>();
  for (const each of all) {
    const sums = found.get(nameOf(each)) ?? figures.map(() => 0);
    found.set(
      nameOf(each),
      sums.map((sum, i) => sum + (figures[i]?.(each) ?? 0)),
    );
  }
  return [...found].map(([name, sums]) => [name, ...sums]);
};

const one = (): number => 1;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
const known = ({ customer }: Sale): boolean => customer !== '';
const monthOf = ({ day }: { readonly day: string }): string => day.slice(0, 7);
const ofCustomers = ({ sales }: Known, ...figures: readonly ((sale: Sale) => number)[]): Rows =>
  totals(sales.filter(known), ({ customer }) => customer, ...figures);

/** The greatest first; of equals the first by name. */
const first = (count: number, rows: Rows): Rows =>
  [...rows].sort(([a = '', x = 0], [b = '', y = 0]) => Number(y) - Number(x) || (a < b ? -1 : 1)).slice(0, count);

const CHANNEL = 'uci';
const sales = `reporting.question_sales where channel = '${CHANNEL}'`;
const skus = `reporting.question_sales_by_sku where channel = '${CHANNEL}'`;
const orders = `reporting.fact_order o join reporting.dim_channel c using (channel_key) where c.channel = '${CHANNEL}'`;
const lines = `reporting.fact_order_line l join reporting.fact_order o using (order_id) join reporting.dim_channel c using (channel_key) where c.channel = '${CHANNEL}'`;
const money = (kind: string): string =>
  `select coalesce(sum(amount), 0) from reporting.fact_payment p join reporting.fact_order o using (order_id) join reporting.dim_channel c using (channel_key)
    where c.channel = '${CHANNEL}' and p.kind = '${kind}'`;
const firstOrders = `(select customer_key, to_char(min(o.placed_at) at time zone 'UTC', 'YYYY-MM') as month from ${orders} and customer_key is not null group by customer_key) f`;

const sold: readonly TwiceAnswered[] = [
  { asks: 'How many orders?', sql: `select sum(orders) from ${sales}`, byFile: (file) => [[file.sales.length]] },
  { asks: 'How many lines?', sql: `select count(*) from ${lines}`, byFile: (file) => [[file.lines.length]] },
  { asks: 'How many units?', sql: `select sum(units) from ${sales}`, byFile: (file) => [[sum(file.sales.map(({ units }) => units))]] },
  { asks: 'For how many pence?', sql: `select sum(total) from ${sales}`, byFile: (file) => [[sum(file.sales.map(({ pence }) => pence))]] },
  {
    asks: 'How many orders of guests?',
    sql: `select sum(guest_orders) from ${sales}`,
    byFile: (file) => [[file.sales.filter((sale) => !known(sale)).length]],
  },
  {
    asks: 'How many orders, units and pence on each day?',
    sql: `select date::text, sum(orders), sum(units), sum(total) from ${sales} group by date`,
    byFile: (file) =>
      totals(
        file.sales,
        ({ day }) => day,
        one,
        ({ units }) => units,
        ({ pence }) => pence,
      ),
  },
  {
    asks: 'How many orders and pence to each country?',
    sql: `select country, sum(orders), sum(total) from ${sales} group by country`,
    byFile: (file) =>
      totals(
        file.sales,
        ({ country }) => country,
        one,
        ({ pence }) => pence,
      ),
  },
  {
    asks: 'How many pence in each month?',
    sql: `select to_char(date, 'YYYY-MM'), sum(total) from ${sales} group by 1`,
    byFile: (file) => totals(file.sales, monthOf, ({ pence }) => pence),
  },
  {
    asks: 'For how many pence is the largest order?',
    sql: `select max(o.total) from ${orders}`,
    byFile: (file) => [[Math.max(...file.sales.map(({ pence }) => pence))]],
  },
  {
    asks: 'How many lines were for nothing?',
    sql: `select count(*) from ${lines} and l.total = 0`,
    byFile: (file) => [[file.lines.filter(({ pence }) => pence === 0).length]],
  },
];

const things: readonly TwiceAnswered[] = [
  {
    asks: 'How many SKUs were sold?',
    sql: `select count(distinct sku) from ${skus}`,
    byFile: (file) => [[new Set(file.lines.map(({ sku }) => sku)).size]],
  },
  {
    asks: 'Which ten SKUs sold most units?',
    sql: `select sku, sum(units) from ${skus} group by sku order by 2 desc, sku collate "C" limit 10`,
    byFile: (file) =>
      first(
        10,
        totals(
          file.lines,
          ({ sku }) => sku,
          ({ units }) => units,
        ),
      ),
  },
  {
    asks: 'Which ten SKUs sold for most pence?',
    sql: `select sku, sum(total) from ${skus} group by sku order by 2 desc, sku collate "C" limit 10`,
    byFile: (file) =>
      first(
        10,
        totals(
          file.lines,
          ({ sku }) => sku,
          ({ pence }) => pence,
        ),
      ),
  },
];

const people: readonly TwiceAnswered[] = [
  {
    asks: 'How many customers?',
    sql: `select count(distinct customer_key) from ${orders}`,
    byFile: (file) => [[ofCustomers(file).length]],
  },
  {
    asks: 'How many customers ordered more than once?',
    sql: `select count(*) from (select customer_key from ${orders} and customer_key is not null group by 1 having count(*) > 1) often`,
    byFile: (file) => [[ofCustomers(file, one).filter(([, orderCount]) => Number(orderCount) > 1).length]],
  },
  {
    asks: 'What did the ten customers who spent most spend, in pence?',
    sql: `select row_number() over (order by sum(o.total) desc), sum(o.total) from ${orders} and customer_key is not null group by customer_key order by 2 desc limit 10`,
    byFile: (file) =>
      first(
        10,
        ofCustomers(file, ({ pence }) => pence),
      ).map(([, pence = 0], i) => [i + 1, pence]),
  },
  {
    asks: 'How many customers bought first in each month?',
    sql: `select month, count(*) from ${firstOrders} group by month`,
    byFile: (file) => {
      const months = new Map<string, string>();
      for (const sale of file.sales.filter(known)) {
        const month = monthOf(sale);
        const before = months.get(sale.customer);
        if (before === undefined || month < before) months.set(sale.customer, month);
      }
      return totals([...months.values()], (month) => month, one);
    },
  },
];

const afterwards: readonly TwiceAnswered[] = [
  {
    asks: 'How many units were called off, and for how many pence?',
    sql: `select coalesce(sum(units), 0), coalesce(sum(amount), 0) from reporting.question_cancellations where channel = '${CHANNEL}'`,
    byFile: ({ books: { calledOff } }) => [[calledOff.units, calledOff.pence]],
  },
  {
    asks: 'How many pence were charged?',
    sql: money('captured'),
    byFile: ({ books: { ordered, calledOff } }) => [[ordered.pence - calledOff.pence]],
  },
  {
    asks: 'How many units came back, and how many pence went back for them?',
    sql: `select (select coalesce(sum(l.returned_units), 0) from ${lines}), (${money('refunded')})`,
    byFile: ({ books: { returned, paidForReturned } }) => [[-returned.units, paidForReturned]],
  },
];

/** Twenty of them. */
export const twentyQuestions: readonly TwiceAnswered[] = [...sold, ...things, ...people, ...afterwards];
