import { itemsOf, Trouble, type CartageAt, type Shown } from '../client/client';
import type { Done } from '../client/program';
import { table } from '../client/table';
import { asJson, asked, askingUsage, queryOf } from './asking';
import { servicesNamed, unlessOff } from './services';

export const usage = `Usage: cartage deadlines [--service order] [--state overdue|upcoming] [--name AuthorizationOverdue] [--stream order-<orderId>] [--limit <of each service>]
  What is due and not told yet, and what is not due, the earliest of each service first; 20 of each unless --limit says otherwise.
${askingUsage}`;

const DEFAULT_LIMIT = 20;

interface Listing {
  readonly query: string;
  readonly limit: number;
}

const inService = async (at: CartageAt, service: string, { query, limit }: Listing): Promise<readonly Shown[]> => {
  const found: Shown[] = [];
  for await (const deadline of itemsOf(at, `/operations/${service}/deadlines${query}`)) {
    found.push({ service, ...deadline });
    if (found.length >= limit) break;
  }
  return found;
};

const limitIn = (limit: string | undefined): number => {
  if (limit === undefined) return DEFAULT_LIMIT;
  if (/^[1-9]\d{0,4}$/.test(limit)) return Number(limit);
  throw new Trouble(`--limit is a number of deadlines, not ${limit}.\n${usage}`);
};

const columns = ['service', 'dueAt', 'state', 'name', 'stream', 'tries', 'nextAt'];
const rowOf = (deadline: Shown): readonly string[] => columns.map((column) => String(deadline[column]));

export const run = async (args: readonly string[]): Promise<Done> => {
  const { at, json, words, values } = asked(args, ['service', 'state', 'name', 'stream', 'limit'], usage);
  if (words.length > 0) throw new Trouble(`What is ${words.join(' ')}?\n${usage}`);
  const { service, state, name, stream } = values;
  const services = servicesNamed(service, usage);
  const listing = { query: queryOf({ state, name, stream }), limit: limitIn(values.limit) };
  const found = await Promise.all(services.map((each) => unlessOff(inService(at, each, listing), service !== undefined)));
  const deadlines = found.flatMap((of) => of ?? []);
  if (json) return { text: asJson(deadlines), code: 0 };
  if (deadlines.length === 0) return { text: 'Nothing waits.', code: 0 };
  return { text: table([['service', 'due at', 'state', 'what', 'who', 'tries', 'next at'], ...deadlines.map(rowOf)]), code: 0 };
};
