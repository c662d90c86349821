import { parseArgs } from 'node:util';
import { messageOf } from '@cartage/eventsourcing';

export const parts = [
  'append',
  'hot',
  'contended',
  'accept',
  'lifecycles',
  'http',
  'kafka',
  'cluster',
  'idle',
  'alone',
  'sourcing',
  'look-ahead',
  'together',
  'large',
  'promise',
  'forecast',
  'choice',
  'risk',
  'webhooks',
  'replay',
  'star',
] as const;
export type Part = (typeof parts)[number];

export interface Options {
  readonly only: readonly Part[];
  readonly seconds: number;
  readonly orders: number;
  readonly long: boolean;
  readonly json?: string;
  /** The folder of another checkout, whose build is measured in turns with this one's. */
  readonly against?: string;
  readonly rounds: number;
}

export const usage = `Usage: npm run bench -- [options]
  --only ${parts.join(',')}   some parts only
  --orders 2000              orders that live in each part that has any
  --seconds 5                how long each rate is measured
  --long                     also memory after 3,000 and 30,000 orders, and 100,000 contended reservations rather than 10,000
  --json <file>              the figures for programs
  --against <folder>         measures the build of another checkout, in turns with this one, and shows both
  --rounds 3                 how many turns, and how many rounds of a replay`;

/** What the person at the keyboard got wrong: told in a line, with how it is used. */
export class WrongCall extends Error {}

const wholeNumber = (name: string, text: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 1_000_000) return value;
  throw new WrongCall(`--${name} is a whole number from 1 to 1000000, not ${text}.`);
};

const isPart = (name: string): name is Part => parts.some((part) => part === name);

const partsIn = (text: string): readonly Part[] =>
  text.split(',').map((name) => {
    if (isPart(name)) return name;
    throw new WrongCall(`There is no part ${name}; there are ${parts.join(', ')}.`);
  });

const known = {
  only: { type: 'string', default: parts.join(',') },
  seconds: { type: 'string', default: '5' },
  orders: { type: 'string', default: '2000' },
  long: { type: 'boolean', default: false },
  json: { type: 'string' },
  against: { type: 'string' },
  rounds: { type: 'string', default: '3' },
} as const;

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options: known }).values;
  } catch (error) {
    throw new WrongCall(messageOf(error), { cause: error });
  }
};

export const optionsOf = (args: readonly string[]): Options => {
  const { only, seconds, orders, long, json, against, rounds } = parsed(args);
  return {
    only: partsIn(only),
    seconds: wholeNumber('seconds', seconds),
    orders: wholeNumber('orders', orders),
    long,
    rounds: wholeNumber('rounds', rounds),
    ...(json === undefined ? {} : { json }),
    ...(against === undefined ? {} : { against }),
  };
};
