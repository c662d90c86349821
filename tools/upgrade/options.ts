import { wholeIn } from '../chaos/options';
import { parsed, Trouble } from '../client/client';

export const usage = 'Usage: npm run upgrade-test [-- --from <git ref> --orders 120 --replicas 2 --seed 7 --report upgrade.json --keep]';

export interface UpgradeOptions {
  /** The version before; the last tag unless given, and where there is none, twenty commits ago. */
  readonly from: string | undefined;
  readonly orders: number;
  readonly replicas: number;
  readonly seed: number;
  readonly report: string | undefined;
  readonly keep: boolean;
}

const options = {
  from: { type: 'string' },
  orders: { type: 'string', default: '120' },
  replicas: { type: 'string', default: '2' },
  seed: { type: 'string', default: '7' },
  report: { type: 'string' },
  keep: { type: 'boolean', default: false },
} as const;

const whole = wholeIn(usage);

/** Throws `Trouble` that names what is wrong. */
export const optionsOf = (args: readonly string[]): UpgradeOptions => {
  const { values, positionals } = parsed(args, options, usage);
  if (positionals.length > 0) throw new Trouble(`${positionals.join(' ')} is no option.\n${usage}`);
  return {
    from: values.from,
    orders: whole('orders', values.orders, [1, 2_000]),
    // With one there would be nobody to answer while it is replaced.
    replicas: whole('replicas', values.replicas, [2, 4]),
    seed: whole('seed', values.seed, [0, 1_000_000]),
    report: values.report,
    keep: values.keep,
  };
};
