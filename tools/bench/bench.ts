// How fast Cartage is, and what an order costs: each figure beside what this machine can do at best, and beside its goal (docs/how-to/measure.md).
import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { accepting } from './accept';
import { against } from './against';
import { alone } from './alone';
import { appending } from './appends';
import { choosing } from './choice';
import { contended } from './contended';
import { forecasting } from './forecast';
import { table, comparison, type Figure } from './figure';
import { hotSku } from './hot';
import { idle } from './idle';
import { inProcess } from './in-process';
import { largeOrder } from './large-order';
import { lookingAhead } from './look-ahead';
import { machine } from './machine';
import { optionsOf, usage, WrongCall, type Options, type Part } from './options';
import { overHttp } from './over-http';
import { allOverKafka, carriedOverKafka } from './over-kafka';
import { say } from './places';
import { promising } from './promise';
import { replaying } from './replay';
import { scoring } from './risk';
import { sourcingOfBatches } from './sourcing';
import { decidedTogether } from './together';
import { fillingStar } from './star';
import { sendingWebhooks } from './webhooks';

const measures: Readonly<Record<Part, (options: Options) => Promise<readonly Figure[]>>> = {
  append: ({ seconds }) => appending(seconds),
  hot: ({ seconds }) => hotSku(seconds),
  contended: ({ long }) => contended(long ? 100_000 : 10_000),
  accept: ({ seconds }) => accepting(seconds),
  lifecycles: ({ orders }) => inProcess(orders),
  http: ({ orders, long }) => overHttp({ orders: Math.ceil(orders / 2), long }),
  kafka: ({ orders }) => carriedOverKafka(Math.ceil(orders / 2)),
  cluster: ({ orders }) => allOverKafka(Math.ceil(orders / 2)),
  idle: ({ seconds }) => idle(Math.max(seconds, 10)),
  alone: () => alone(),
  sourcing: () => sourcingOfBatches(),
  'look-ahead': () => lookingAhead(),
  together: () => decidedTogether(),
  large: () => largeOrder(),
  promise: async () => promising(),
  forecast: async () => forecasting(),
  choice: async () => choosing(),
  risk: async () => scoring(),
  webhooks: ({ orders }) => sendingWebhooks(Math.ceil(orders / 2)),
  replay: ({ orders, seconds, rounds }) => replaying({ orders: Math.ceil(orders / 4), seconds, rounds }),
  star: ({ orders }) => fillingStar(orders),
};

const measure = async (options: Options): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  for (const part of options.only) {
    say(`Measuring ${part} …`);
    figures.push(...(await measures[part](options)));
  }
  return figures;
};

const write = (file: string | undefined, report: object): void => {
  if (file !== undefined) writeFileSync(file, `${JSON.stringify({ machine: machine(), ...report }, undefined, 2)}\n`);
};

const main = async (args: readonly string[]): Promise<void> => {
  const options = optionsOf(args);
  if (options.against !== undefined) {
    const { here, there } = against(options, options.against);
    console.log(comparison(here, there));
    return write(options.json, { figures: here, against: there });
  }
  const figures = await measure(options);
  console.log(table(figures));
  write(options.json, { figures });
};

const failed = (error: unknown): never => {
  console.error(error instanceof WrongCall ? `${error.message}\n${usage}` : error);
  process.exit(1);
};

const args = process.argv.slice(2);
// Beside the tools of another checkout there may be no other help than this.
if (args.includes('--help') || args.includes('-h')) console.log(usage);
else main(args).then(() => process.exit(0), failed);
