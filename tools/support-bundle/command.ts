import { writeFileSync } from 'node:fs';
import { parsed, Trouble } from '../client/client';
import type { Done } from '../client/program';
import { readBundle, type Bundle } from './bundle';
import type { Replay, Replayed } from './replaying';

export const usage = `Usage:
  npm run support-bundle -- --order <orderId> [--out order.bundle.json]
  npm run support-bundle -- replay order.bundle.json [--show order-<id>] [--json]
Which database: DATABASE_URL, of who may read all schemas (and EVENT_STORE_URL, where logs are in KurrentDB); with the master key, too (MASTER_KEY or MASTER_KEY_FILE), more is masked.
A replay needs neither.`;

const options = {
  order: { type: 'string' },
  out: { type: 'string' },
  show: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** Whoever makes bundles and replays them. */
export interface Bundles {
  make(orderId: string): Promise<Bundle>;
  replay(bundle: Bundle): Promise<Replay>;
}

type Values = ReturnType<typeof argumentsOf>['values'];
const argumentsOf = (args: readonly string[]) => parsed(args, options, usage);

const countOf = ({ services }: Bundle): string => {
  const all = Object.values(services);
  const sum = (of: (service: (typeof all)[number]) => number): number => all.reduce((total, each) => total + of(each), 0);
  const events = sum(({ streams, others }) => others.length + streams.reduce((total, stream) => total + stream.events.length, 0));
  return `${events} events, ${sum(({ streams }) => streams.length)} aggregates, ${sum(({ deadLetters }) => deadLetters.length)} dead letters, ${sum(({ deadlines }) => deadlines.length)} deadlines`;
};

/** Readable by its owner only: what is masked is still somebody's order. */
const written = (bundle: Bundle, file: string): string => {
  try {
    writeFileSync(file, `${JSON.stringify(bundle, undefined, 1)}\n`, { mode: 0o600 });
    return file;
  } catch (error) {
    throw new Trouble(`--out ${file} cannot be written.`, { cause: error });
  }
};

const make = async (bundles: Bundles, orderId: string, out = `order-${orderId}.bundle.json`): Promise<Done> => {
  const bundle = await bundles.make(orderId);
  const file = written(bundle, out);
  return { text: [`${file}: ${countOf(bundle)}.`, ...bundle.lacking.map((each) => `Not in it: ${each}`)].join('\n'), code: 0 };
};

const json = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

const linesOf = ({ service, stream, events, differences }: Replayed): readonly string[] => [
  `${service} ${stream}: ${events} events, ${differences.length === 0 ? 'the same state' : 'ANOTHER STATE'}.`,
  ...differences.map(({ field, before, after }) => `  ${field}: ${json(before)} there, ${json(after)} here`),
];

const show = ({ aggregates }: Replay, stream: string): Done => {
  const found = aggregates.find((each) => each.stream === stream);
  if (!found) throw new Trouble(`No aggregate ${stream} is in it. There are ${aggregates.map((each) => each.stream).join(', ')}.`);
  return { text: JSON.stringify(found.state, undefined, 2), code: 0 };
};

const replay = async (bundles: Bundles, file: string, { show: stream, json: asJson }: Values): Promise<Done> => {
  const replayed = await bundles.replay(readBundle(file));
  if (stream !== undefined) return show(replayed, stream);
  const code = replayed.unknown.length === 0 && replayed.aggregates.every(({ differences }) => differences.length === 0) ? 0 : 1;
  if (asJson) return { text: JSON.stringify(replayed, undefined, 2), code };
  const unknown = replayed.unknown.map((each) => `${each}: this version of the program knows no such aggregate.`);
  return { text: [...replayed.aggregates.flatMap(linesOf), ...unknown].join('\n'), code };
};

/** Throws `Trouble` for what the person at the keyboard can mend. */
export const run = async (args: readonly string[], bundles: Bundles): Promise<Done> => {
  const { values, positionals } = argumentsOf(args);
  const [verb, file, ...rest] = positionals;
  if (verb === undefined && values.order !== undefined) return make(bundles, values.order, values.out);
  if (verb !== 'replay' || file === undefined || rest.length > 0) throw new Trouble(usage);
  return replay(bundles, file, values);
};
