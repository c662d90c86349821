import { chanceOf, type Chance } from '../simulator/random';

/** What is done to a running Cartage. */
export type FaultKind = 'kill' | 'freeze' | 'cut' | 'slow' | 'black-hole' | 'clock' | 'disk-full';

/** One fault: what happens to whom, when, and for how long. */
export interface Fault {
  readonly number: number;
  readonly kind: FaultKind;
  /** `order/1` is the first replica of a service, `kafka/2` a broker; `postgres`. */
  readonly target: string;
  /** From the beginning of the run. */
  readonly atMs: number;
  /** So long until it is over: a killed process is started again, a frozen one goes on. */
  readonly forMs: number;
  /** Of a clock: by how many seconds it is wrong. */
  readonly seconds?: number;
}

export interface PlanOptions {
  readonly seed: number;
  readonly kills: number;
  /** From one kill to the next. */
  readonly everyMs: number;
  /** `order/1`, … */
  readonly replicas: readonly string[];
  readonly brokers: number;
}

type Span = readonly [from: number, to: number];

/** Beyond the session that Kafka allows a member, and the one that a leader has, and below them. */
const FREEZE_MS: Span = [500, 12_000];
const DOWN_MS: Span = [200, 4_000];
const NETWORK_MS: Span = [1_000, 8_000];
const CLOCK_MS: Span = [5_000, 20_000];
const DISK_MS: Span = [2_000, 6_000];
const WRONG_BY_SECONDS = [-90, -30, -5, 5, 30, 90] as const;

const brokerOf = ({ whole }: Chance, { brokers }: PlanOptions): string => `kafka/${whole(1, brokers)}`;

/** Of ten, eight are services: there are many of them. */
const victim = (chance: Chance, options: PlanOptions): string => {
  const drawn = chance.whole(1, 10);
  if (drawn <= 8) return chance.pick(options.replicas);
  return drawn === 9 ? 'postgres' : brokerOf(chance, options);
};

type Drawn = Pick<Fault, 'kind' | 'target' | 'forMs' | 'seconds'>;

const during = ({ whole }: Chance, [from, to]: Span): number => whole(from, to);

const networkFault =
  (kind: 'cut' | 'slow' | 'black-hole') =>
  (chance: Chance, options: PlanOptions): Drawn => ({
    kind,
    target: chance.percent(50) ? 'postgres' : brokerOf(chance, options),
    forMs: during(chance, NETWORK_MS),
  });

/** What comes between the kills. */
const others: readonly ((chance: Chance, options: PlanOptions) => Drawn)[] = [
  (chance, options) => ({ kind: 'freeze', target: victim(chance, options), forMs: during(chance, FREEZE_MS) }),
  (chance, options) => ({ kind: 'freeze', target: chance.pick(options.replicas), forMs: during(chance, FREEZE_MS) }),
  networkFault('cut'),
  networkFault('slow'),
  networkFault('black-hole'),
  (chance, options) => ({
    kind: 'clock',
    target: chance.pick(options.replicas),
    forMs: during(chance, CLOCK_MS),
    seconds: chance.pick(WRONG_BY_SECONDS),
  }),
  (chance) => ({ kind: 'disk-full', target: 'postgres', forMs: during(chance, DISK_MS) }),
];

const killAt = (options: PlanOptions, i: number): Omit<Fault, 'number'> => {
  const chance = chanceOf(options.seed, 'kill', i);
  const atMs = i * options.everyMs + chance.whole(0, options.everyMs - 1);
  return { kind: 'kill', target: victim(chance, options), atMs, forMs: during(chance, DOWN_MS) };
};

/** After every second kill. */
const otherAt = (options: PlanOptions, i: number): readonly Omit<Fault, 'number'>[] => {
  const chance = chanceOf(options.seed, 'fault', i);
  if (i % 2 === 0) return [];
  const atMs = i * options.everyMs + chance.whole(0, options.everyMs - 1);
  return [{ ...chance.pick(others)(chance, options), atMs }];
};

/** The same for the same seed; what a machine cannot do stands in it, too, and is then left out, so that the rest stays as it is. */
export const planOf = (options: PlanOptions): readonly Fault[] =>
  Array.from({ length: options.kills }, (_, i) => [killAt(options, i), ...otherAt(options, i)])
    .flat()
    .toSorted((a, b) => a.atMs - b.atMs)
    .map((fault, i) => ({ number: i + 1, ...fault }));

/** When the last fault is over, if each begins when it should. */
export const endOf = (plan: readonly Fault[]): number => Math.max(0, ...plan.map(({ atMs, forMs }) => atMs + forMs));
