// Real invoices into a running Cartage: `npm run replay -- <file.csv.gz> [--url http://127.0.0.1:3000] [--limit <invoices>] [--json <file>] [--token-file <file>]`.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { messageOf } from '@cartage/eventsourcing';
import { cartageOptions, tokenIn } from '../client/client';
import type { Origins, TokenOf } from './http';
import { Trouble } from './problem';
import { asJson, printed } from './replay/report';
import { replay } from './replay/run';
import { progressOf, runProgram, say } from './terminal';

const usage = `Usage: npm run replay -- <file.csv or file.csv.gz> [--url http://127.0.0.1:3000] [--limit <invoices>] [--json <file>]
       --url may be given for each service of a distributed Cartage: --url orders=http://… --url channels=http://… (first segment of its paths).
       --token-file <file>, where callers are let in by tokens. It is read again with each call: a token that is renewed there counts at once.
       SIMULATED_CARRIER_SECRET, if Cartage was given another one than its default.`;

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        url: { type: 'string', multiple: true },
        limit: { type: 'string' },
        json: { type: 'string' },
        'token-file': cartageOptions['token-file'],
      },
    });
  } catch (error) {
    throw new Trouble(`${messageOf(error)}\n${usage}`);
  }
};

const addressOf = (text: string): string => {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new Trouble(`--url: ${text} is no address such as http://127.0.0.1:3000.\n${usage}`);
};

const originsOf = (urls: readonly string[] = ['http://127.0.0.1:3000']): Origins => {
  const [first = ''] = urls;
  if (urls.length === 1 && !/^[a-z]+=/.test(first)) return addressOf(first);
  return Object.fromEntries(
    urls.map((url) => {
      const [, segment = '', address = ''] = /^([a-z]+)=(.*)$/.exec(url) ?? [];
      return [segment, addressOf(address)];
    }),
  );
};

const limitOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Trouble(`--limit is a number of invoices, 1 or more, not ${text}.\n${usage}`);
};

/** A file that cannot be read is told at once. */
const tokenOf = (file: string | undefined): TokenOf | undefined => {
  if (file === undefined) return undefined;
  tokenIn(file);
  return () => tokenIn(file);
};

const main = async (): Promise<number> => {
  const { values, positionals } = parsed(process.argv.slice(2));
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new Trouble(usage);
  process.once('SIGINT', () => {
    say('\nInterrupted. Run the same command again: it goes on where it was.');
    process.exit(130);
  });
  const secret = process.env['SIMULATED_CARRIER_SECRET'];
  const cartage = { origins: originsOf(values.url), token: tokenOf(values['token-file']), secret };
  const report = await replay({ file, limit: limitOf(values.limit), ...cartage, progress: progressOf });
  say(printed(report));
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(asJson(report), null, 2)}\n`);
  return report.balanced ? 0 : 1;
};

if (process.argv[1] === __filename) runProgram(usage, main);
