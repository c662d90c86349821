import { parsed, Trouble } from '../client/client';
import type { Done } from '../client/program';
import { codeOf, notShown } from '../client/verdict';
import { ledgers } from './ledgers';
import type { LedgerReport, Verifying } from './verifying';

export const usage = `Usage:
  npm run verify-reporting -- [--ledger orders] [--database shipping=postgres://…] [--patience <seconds>] [--json]
Ledgers: ${ledgers.map(({ name }) => name).join(', ')}. Without --ledger: all of them.
Which database: DATABASE_URL; for services that keep theirs elsewhere --database <service>=<address>, for each.
--patience: what differs is looked at again for so long, for what has just happened is on its way; 10 seconds if absent.`;

const options = {
  ledger: { type: 'string', multiple: true },
  database: { type: 'string', multiple: true },
  patience: { type: 'string', default: '10' },
  json: { type: 'boolean', default: false },
} as const;

const services = [...new Set(ledgers.map(({ service }) => service)), 'reporting'] as const;
const MOST_TOLD = 20;

const addressesIn = (given: readonly string[] = []): ReadonlyMap<string, string> =>
  new Map(
    given.map((each) => {
      const at = each.indexOf('=');
      const [service, address] = [each.slice(0, at), each.slice(at + 1)];
      if (!services.some((one) => one === service) || !URL.canParse(address))
        throw new Trouble(`--database is <service>=<address>, of ${services.join(', ')}.\n${usage}`);
      return [service, address];
    }),
  );

const ledgersNamed = (names: readonly string[] = []): readonly string[] => {
  const unknown = names.find((name) => !ledgers.some((each) => each.name === name));
  if (unknown !== undefined) throw new Trouble(`There is no ledger ${unknown}.\n${usage}`);
  return names;
};

const secondsIn = (text: string): number => {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new Trouble(`--patience is a number of seconds, not ${text}.\n${usage}`);
};

const count = (n: number): string => n.toLocaleString('en');
const word = (value: unknown): string => (value === null ? 'nothing' : String(value));

const verdictOf = (compared: number, different: number): string => {
  if (compared === 0) return notShown;
  return `${different === 0 ? 'agree' : `${count(different)} DIFFER`}, of ${count(compared)}`;
};

const linesOf = ({ ledger, compared, differences, different, totals }: LedgerReport): readonly string[] => [
  `${ledger}: ${verdictOf(compared, different.length)}.`,
  ...Object.entries(totals).map(
    ([figure, { theirs, ours }]) => `  ${figure}: ${count(theirs)} in the service, ${count(ours)} in reporting`,
  ),
  ...differences
    .slice(0, MOST_TOLD)
    .map(({ id, figure, theirs, ours }) => `  ${id}: ${figure} is ${word(theirs)}, and reporting says ${word(ours)}`),
  ...(differences.length > MOST_TOLD ? [`  … and more: --json tells them.`] : []),
];

/** Throws `Trouble` for what the person at the keyboard can mend. */
export const run = async (
  args: readonly string[],
  { databaseUrl, verify }: { readonly databaseUrl: string | undefined; verify(verifying: Verifying): Promise<readonly LedgerReport[]> },
): Promise<Done> => {
  const { values, positionals } = parsed(args, options, usage);
  if (positionals.length > 0) throw new Trouble(usage);
  const addresses = addressesIn(values.database);
  const addressOf = (service: string): string => {
    const address = addresses.get(service) ?? databaseUrl;
    if (address === undefined || address === '')
      throw new Trouble(`DATABASE_URL is missing: where are the tables of ${service}?\n${usage}`);
    return address;
  };
  const reports = await verify({ addressOf, only: ledgersNamed(values.ledger), patienceMs: secondsIn(values.patience) * 1_000 });
  const text = values.json ? JSON.stringify(reports, undefined, 2) : reports.flatMap(linesOf).join('\n');
  return { text, code: codeOf(reports.map(({ compared, different }) => ({ of: compared, wrong: different.length }))) };
};
