import { parsed, Trouble } from '../client/client';

export const usage = `Usage: npm run chaos [-- --kills 20 --seed 7 --orders 200 --every 3000 --replicas 2 --brokers 3 --report chaos.json --keep]`;

export interface ChaosOptions {
  readonly kills: number;
  readonly seed: number;
  readonly orders: number;
  readonly everyMs: number;
  readonly replicas: number;
  readonly brokers: 1 | 3;
  /** A file for the report as JSON. */
  readonly report: string | undefined;
  /** Its folder, with what every process said, stays. */
  readonly keep: boolean;
}

const options = {
  kills: { type: 'string', default: '20' },
  seed: { type: 'string', default: '7' },
  orders: { type: 'string' },
  every: { type: 'string', default: '3000' },
  replicas: { type: 'string', default: '2' },
  brokers: { type: 'string', default: '3' },
  report: { type: 'string' },
  keep: { type: 'boolean', default: false },
} as const;

/** Reads whole numbers; what is none is answered with the usage. */
export const wholeIn =
  (line: string) =>
  (name: string, text: string, [least, most]: readonly [number, number]): number => {
    const number = Number(text);
    if (text.trim() !== '' && Number.isInteger(number) && number >= least && number <= most) return number;
    throw new Trouble(`--${name} is a whole number from ${least} to ${most}, not ${text}.\n${line}`);
  };

const whole = wholeIn(usage);

const MOST_KILLS = 2_000;
const MOST_ORDERS = 5_000;
/** So many orders are under way for each kill. */
const ORDERS_A_KILL = 5;

const brokersIn = (text: string): 1 | 3 => {
  if (text === '1') return 1;
  if (text === '3') return 3;
  throw new Trouble(`--brokers is 1 or 3, not ${text}.\n${usage}`);
};

/** Throws `Trouble` that names what is wrong. */
export const optionsOf = (args: readonly string[]): ChaosOptions => {
  const { values, positionals } = parsed(args, options, usage);
  if (positionals.length > 0) throw new Trouble(`${positionals.join(' ')} is no option.\n${usage}`);
  const kills = whole('kills', values.kills, [0, MOST_KILLS]);
  const usual = Math.min(MOST_ORDERS, Math.max(20, kills * ORDERS_A_KILL));
  return {
    kills,
    seed: whole('seed', values.seed, [0, 1_000_000]),
    orders: values.orders === undefined ? usual : whole('orders', values.orders, [1, MOST_ORDERS]),
    everyMs: whole('every', values.every, [200, 60_000]),
    replicas: whole('replicas', values.replicas, [1, 4]),
    brokers: brokersIn(values.brokers),
    report: values.report,
    keep: values.keep,
  };
};
