import { setTimeout as pause } from 'node:timers/promises';
import type { LogReport } from '@cartage/service-kit';
import { askCartage, cartageAt, parsed, Trouble, type CartageAt, type Shown } from '../client/client';
import { codeOf, notShown } from '../client/verdict';
import type * as log from '../log/command';
import { asJson, askingOptions, askingUsage } from './asking';
import type { Told } from './command';
import { rebuilt, viewsAt, servicesNamed } from './services';

export const usage = `Usage: cartage verify [money|stock|chain|views]…
  money   the sums of every payment, the books and the settlements, against the log
  stock   rows, movements, claims and the log of inventory, against each other
  chain   every event against what was signed for; looks into DATABASE_URL, as cartage log verify does
  views   every view against itself, made anew from the log; views stand still for a moment while theirs are compared
  Without a name: all of them.
  --patience   so long each view may take to be made anew, 600 seconds if absent
${askingUsage}`;

const options = { patience: { type: 'string', default: '600' }, ...askingOptions } as const;

/** What was looked at, and what is not as it should be, a line each. */
interface Finding {
  readonly what: string;
  /** How many things were looked at: of none nothing is shown. */
  readonly checked: number;
  readonly looked: string;
  readonly wrong: readonly string[];
}

interface Verifying {
  readonly at: CartageAt;
  readonly logs: Pick<log.Logs, 'verify'>;
  readonly patienceMs: number;
}

const listOf = (value: unknown): readonly Shown[] => (Array.isArray(value) ? (value as readonly Shown[]) : []);
const count = (n: number, one: string, many = `${one}s`): string => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
const word = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

const driftOfMoney = ({ orderId, source, view, field, currency, shown, recomputed }: Shown): string =>
  `${word(orderId ?? source)}: ${word(field)} is ${word(shown)} ${word(currency)} in ${word(view)}, and ${word(recomputed)} by the log`;

const mismatchOf = ({ settlementId, settlementLineId, orderId, outcome }: Shown): string =>
  `${word(orderId ?? settlementLineId)}: a line of settlement ${word(settlementId)} does not agree with what moved (${word(outcome)})`;

const LOOKS = 5;
const LOOK_AGAIN_MS = 1_000;

/** Views that do not show everything yet are looked at again: what has just happened is on its way. */
const moneyPage = async (at: CartageAt, cursor: string): Promise<Shown> => {
  const path = `/payments/verify?${new URLSearchParams({ ...(cursor === '' ? {} : { cursor }), limit: '200' })}`;
  let page = await askCartage(at, ['GET', path]);
  for (let looks = 1; listOf(page['behind']).length > 0 && looks < LOOKS; looks += 1) {
    await pause(LOOK_AGAIN_MS);
    page = await askCartage(at, ['GET', path]);
  }
  return page;
};

const money = async ({ at }: Verifying): Promise<Finding> => {
  let checked = 0;
  const wrong: string[] = [];
  for (let cursor: unknown = ''; typeof cursor === 'string';) {
    const page = await moneyPage(at, cursor);
    checked += Number(page['checked']);
    wrong.push(...listOf(page['drifts']).map(driftOfMoney), ...listOf(page['mismatches']).map(mismatchOf));
    wrong.push(...listOf(page['behind']).map((each) => `${word(each)}: its views are behind; look again`));
    cursor = page['next'];
  }
  return { what: 'money', checked, looked: count(checked, 'payment or movement', 'payments and movements'), wrong };
};

const stock = async ({ at }: Verifying): Promise<Finding> => {
  const { asOf, checked, drifts } = await askCartage(at, ['GET', '/inventory/verify']);
  const lineOf = ({ drift, sku, location, detail }: Shown): string =>
    `${word(drift)}: ${word(sku)}${location === null ? '' : ` at ${word(location)}`}: ${word(detail)}`;
  const looked = `${count(Number(checked), 'row')} of stock, as of ${word(asOf)}`;
  return { what: 'stock', checked: Number(checked), looked, wrong: listOf(drifts).map(lineOf) };
};

const ofLog = ({ log: name, breaks }: LogReport): readonly string[] =>
  breaks.map(({ kind, first, last }) => `${name}: events ${first} to ${last}: ${kind}`);

const chain = async ({ logs }: Verifying): Promise<Finding> => {
  const reports = await logs.verify({});
  if (reports.length === 0) throw new Trouble('This database has no log that is attested: is DATABASE_URL that of the services?');
  const events = reports.reduce((sum, report) => sum + report.events, 0);
  return {
    what: 'chain',
    checked: events,
    looked: `${count(events, 'event')} of ${count(reports.length, 'log')}`,
    wrong: reports.flatMap(ofLog),
  };
};

const faultOf = ({ error, rebuilding, rebuiltAlike }: Shown): string | undefined => {
  if (rebuilding === true) return error === undefined ? 'was not made anew in time, and goes on' : `fails: ${word(error)}`;
  if (rebuiltAlike === undefined) return 'could not be compared: it stood still, or somebody else had it made anew';
  return rebuiltAlike === true ? undefined : 'was not what its log says; now it is';
};

const views = async ({ at, patienceMs }: Verifying): Promise<Finding> => {
  const all = await viewsAt(at, servicesNamed(undefined, usage));
  const wrong: string[] = [];
  for (const each of all) {
    const fault = faultOf(await rebuilt(at, each, { compare: true, patienceMs, pause }));
    if (fault !== undefined) wrong.push(`${each.service} ${each.view} ${fault}`);
  }
  return { what: 'views', checked: all.length, looked: count(all.length, 'view'), wrong };
};

const kinds: Readonly<Record<string, (verifying: Verifying) => Promise<Finding>>> = { money, stock, chain, views };

const kindsNamed = (names: readonly string[]): readonly string[] => {
  const unknown = names.find((name) => !Object.hasOwn(kinds, name));
  if (unknown !== undefined) throw new Trouble(`There is no ${unknown} to verify: ${Object.keys(kinds).join(', ')}.\n${usage}`);
  return names.length === 0 ? Object.keys(kinds) : names;
};

const verdictOf = ({ checked, looked, wrong }: Finding): string => {
  if (wrong.length > 0) return `${count(wrong.length, 'thing')} WRONG, of ${looked}`;
  return checked > 0 ? `holds, of ${looked}` : notShown;
};

const linesOf = (finding: Finding): readonly string[] => [
  `${finding.what}: ${verdictOf(finding)}.`,
  ...finding.wrong.map((line) => `  ${line}`),
];

/** Looks at everything that must add up. Nothing is set right, but a view that was wrong is right afterwards: it was made anew. */
export const run = async (args: readonly string[], logs: Pick<log.Logs, 'verify'>): Promise<Told> => {
  const { values, positionals } = parsed(args, options, usage);
  if (!/^\d{1,5}$/.test(values.patience)) throw new Trouble(`--patience is a number of seconds, not ${values.patience}.\n${usage}`);
  const verifying = { at: cartageAt(values), logs, patienceMs: Number(values.patience) * 1_000 };
  const findings: Finding[] = [];
  for (const name of kindsNamed(positionals)) {
    const found = await kinds[name]?.(verifying);
    if (found) findings.push(found);
  }
  const text = values.json ? asJson(findings) : findings.flatMap(linesOf).join('\n');
  return { text, code: codeOf(findings.map(({ checked, wrong }) => ({ of: checked, wrong: wrong.length }))) };
};
