import type { Outcome, Summary } from './summary';
import { counted, pounds, table } from './terminal';

interface Played {
  readonly orders: number;
  readonly seed: number;
  readonly keep: boolean;
}

const SLOWEST = 5;

const rowsOf = (counts: Readonly<Record<string, number>>): readonly (readonly string[])[] =>
  Object.entries(counts).map(([name, count]) => [name, counted(count)]);

const section = (title: string, rows: readonly (readonly string[])[]): string => `\n${title}\n${table(rows)}`;

const moneyRows = ({ money }: Outcome): readonly (readonly string[])[] => [
  ['ordered', pounds(money.ordered)],
  ['never charged: cancelled, declined or rejected', pounds(money.captured + money.collected - money.ordered)],
  ['in: captured', pounds(money.captured)],
  ['in: cash collected at doors', pounds(money.collected)],
  ['    of it handed over by carriers', pounds(money.remitted)],
  ['out: refunded', pounds(-money.refunded)],
  ['balance', pounds(money.captured + money.collected - money.refunded)],
];

const stockRows = ({ stock }: Outcome): readonly (readonly string[])[] => [
  ['before, and what came in', counted(stock.before)],
  ['after', counted(stock.onHand)],
  ...Object.entries(stock.byLocation).map(([code, units]) => [`  at ${code}`, counted(units)]),
  ['  of it claimed by orders', counted(stock.reserved)],
  ['  of it not fit for sale', counted(stock.unsellable)],
];

const stepRows = ({ steps }: Summary): readonly (readonly string[])[] => [
  ['', 'median', 'p95', ''],
  ...steps.slice(0, SLOWEST).map(({ step, what, medianMs, p95Ms }) => [step, `${medianMs} ms`, `${p95Ms} ms`, what]),
];

const nextSteps = ({ keep }: Played, url: string): string =>
  keep
    ? `\nWhere to look next (running until Ctrl-C):
  every API      ${url}/docs
  the orders     ${url}/orders?status=on-hold
  the money      ${url}/payments
  the shipments  ${url}/shipping/shipments?status=delivered
  the returns    ${url}/returns`
    : `\nWhere to look next:
  npm run demo -- --keep    leaves this Cartage running, with links into it
  npm start                 starts Cartage with a database that stays; its API is at http://127.0.0.1:3000/docs
  docs/tutorial             the first order by hand`;

/** The summary for a person. */
export const printed = (summary: Summary, played: Played, url: string): string => {
  const { outcome } = summary;
  return [
    section(`Orders by final state (${counted(played.orders)}, seed ${played.seed})`, rowsOf(outcome.orders)),
    section('Orders by channel', rowsOf(outcome.channels)),
    section('Second thoughts and shortages, and how those orders ended', rowsOf(outcome.secondThoughts)),
    section('What went wrong after release, and how those orders ended', rowsOf(outcome.mishaps)),
    section('Parcels', [
      ['shipments', counted(outcome.shipments)],
      ['parcels', counted(outcome.parcels)],
      ['orders that sent something again, or in exchange', counted(outcome.sentAgain)],
    ]),
    section('Returns by state', [...rowsOf(outcome.returns), ['with a label of ours', counted(outcome.labelsBack)]]),
    section('Exchanges by state', rowsOf(outcome.exchanges)),
    section('Orders at the supplier by state', rowsOf(outcome.supplierOrders)),
    section('Money', moneyRows(outcome)),
    section('Stock, units', stockRows(outcome)),
    section('Slowest steps of an order', stepRows(summary)),
    nextSteps(played, url),
    '',
  ].join('\n');
};
