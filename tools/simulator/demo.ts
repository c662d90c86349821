// A few hundred seeded orders through all of Cartage, on a database that is thrown away: `npm run demo [-- --orders 300 --seed 7 --keep]`.
import { parseArgs } from 'node:util';
import { messageOf } from '@cartage/eventsourcing';
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
    throw new Trouble(`${messageOf(error)}\n${usage}`);
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

const interruption = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });

const show = async (system: ThrowAway, options: Options): Promise<void> => {
  say(`Cartage runs at ${system.url} on a throw-away database. ${options.orders} orders, seed ${options.seed}.`);
  const summary = await playDemo(system.url, options);
  say(printed(summary, options, system.url));
};

const died = (): never => {
  throw new Trouble('Cartage ended in the middle of the demo.');
};

/** Whether the demo was seen to its end. */
const watched = async (system: ThrowAway, options: Options, interrupted: Promise<void>): Promise<boolean> => {
  const shown = show(system, options).then(() => true);
  const done = await Promise.race([shown, interrupted.then(() => false), system.ended.then(died)]);
  if (done && options.keep) await Promise.race([interrupted, system.ended]);
  return done;
};

const main = async (): Promise<number> => {
  const options = optionsOf(process.argv.slice(2));
  const interrupted = interruption();
  say('Starting Cartage …');
  const system = await startThrowAway({ unwanted: interrupted });
  const done = await watched(system, options, interrupted).finally(() => system.stop());
  if (done) return 0;
  say('The demo was interrupted; nothing is left of it.');
  // What it was waiting for will not come any more.
  process.exit(130);
};

if (process.argv[1] === __filename) runProgram(usage, main);
