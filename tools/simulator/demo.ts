// A few hundred seeded orders through all of Cartage, on a database that is thrown away: `npm run demo [-- --orders 300 --seed 7 --keep]`.
import { parseArgs } from 'node:util';
import { cartageOver } from './cartage';
import { startThrowAway, type ThrowAway } from './embedded';
import { httpTo } from './http';
import { steady } from './patience';
import { Trouble } from './problem';
import { printed } from './summary-text';
import { outcomeOf, stepsOf, type Summary } from './summary';
import { progressOf, runProgram, say } from './terminal';
import { live } from './world';

interface Options {
  readonly orders: number;
  readonly seed: number;
  readonly keep: boolean;
}

const MOST_ORDERS = 5_000;
const usage = 'Usage: npm run demo [-- --orders 300 --seed 7 --keep]';

const wholeNumber = (name: string, text: string, [least, most]: readonly [number, number]): number => {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new Trouble(`--${name} is a whole number from ${least} to ${most}, not ${text}.\n${usage}`);
};

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        orders: { type: 'string', default: '300' },
        seed: { type: 'string', default: '7' },
        keep: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new Trouble(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
};

const optionsOf = (args: readonly string[]): Options => {
  const { orders, seed, keep } = parsed(args);
  return { orders: wholeNumber('orders', orders, [1, MOST_ORDERS]), seed: wholeNumber('seed', seed, [0, 1_000_000]), keep };
};

/** The world lives on a running Cartage that knows nothing yet; what became of it is looked at once all is quiet. */
export const playDemo = async (url: string, { orders, seed }: Omit<Options, 'keep'>, progress = progressOf): Promise<Summary> => {
  const cartage = cartageOver(httpTo(url));
  try {
    await live(cartage, { orders, seed, progress });
    const outcome = await steady(() => outcomeOf(cartage, seed));
    return { outcome, steps: await stepsOf(cartage) };
  } finally {
    cartage.close();
  }
};

const untilInterrupted = (system: ThrowAway): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
    void system.ended.then(resolve);
  });

const show = async (system: ThrowAway, options: Options): Promise<void> => {
  say(`Cartage runs at ${system.url} on a throw-away database. ${options.orders} orders, seed ${options.seed}.`);
  const summary = await playDemo(system.url, options);
  say(printed(summary, options, system.url));
  if (options.keep) await untilInterrupted(system);
};

const main = async (): Promise<number> => {
  const options = optionsOf(process.argv.slice(2));
  say('Starting Cartage …');
  const system = await startThrowAway();
  const interrupted = untilInterrupted(system);
  let done = false;
  try {
    await Promise.race([show(system, options).then(() => (done = true)), interrupted]);
  } finally {
    await system.stop();
  }
  if (!done && !options.keep) say('The demo was interrupted; nothing is left of it.');
  return done || options.keep ? 0 : 130;
};

if (process.argv[1] === __filename) runProgram(main);
