import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { messageOf } from '@cartage/eventsourcing';
import { recordsOf, Upload, type UploadType } from '@cartage/service-kit';
import { cartageAt, cartageOptions, cartageUsage, itemsOf, parsed, Trouble, type CartageAt, type Shown } from '../client/client';
import { receivingAt, sendFile } from './api';
import { receiveAll } from './stock';

export const usage = `Usage: npm run import -- orders|stock|settlements|carrier-invoices <file.ndjson or file.csv> [--key <key>]
       settlements: --source <who settles> [--mends <settlement>]
       carrier-invoices: --carrier <whose invoices, by the name that its labels have>
       The same file again goes on where it broke off, and changes nothing that is there. Ends with 2 when lines were rejected.
${cartageUsage}`;

interface Asked {
  readonly file: string;
  readonly type: UploadType;
  readonly at: CartageAt;
  readonly key: string;
  /** Of settlements: who settles, and which settlement the file mends. */
  readonly source?: string | undefined;
  readonly mends?: string | undefined;
  /** Of carriers' invoices: whose. */
  readonly carrier?: string | undefined;
}

const typeOf = (file: string): UploadType => {
  if (/\.(ndjson|jsonl)$/i.test(file)) return 'application/x-ndjson';
  if (/\.csv$/i.test(file)) return 'text/csv';
  throw new Trouble(`${file}: its name must end in .ndjson, .jsonl or .csv.\n${usage}`);
};

/** Names a file by what it holds. */
const keyOf = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), hash);
  } catch (error) {
    throw new Trouble(`${file} cannot be read: ${messageOf(error)}.`, { cause: error });
  }
  return hash.digest('hex').slice(0, 32);
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const rejected = (line: unknown, field: unknown, message: unknown): void =>
  say(`  line ${String(line)}  ${String(field)}  ${String(message)}`);

interface Counted {
  /** What the file is called, such as `Settlement 7`. */
  readonly name: string;
  readonly state: Shown;
  /** Where its rejected rows are listed. */
  readonly rejections: string;
}

/** Says what became of the lines of a file, and lists those that could not be read. */
const report = async (at: CartageAt, { name, state, rejections }: Counted): Promise<number> => {
  const { records, imported, unchanged, rejected: wrong } = state;
  say(`${name}: ${String(records)} lines, ${String(imported)} imported, ${String(unchanged)} were here, ${String(wrong)} rejected.`);
  for await (const { line, field, message } of itemsOf(at, rejections)) rejected(line, field, message);
  return wrong === 0 ? 0 : 2;
};

const orders = async ({ at, ...asked }: Asked): Promise<number> => {
  const state = await sendFile(at, { ...asked, path: '/imports' });
  const id = String(state['importId']);
  return report(at, { name: `Import ${id}`, state, rejections: `/imports/${id}/rejections` });
};

const settlements = async ({ at, source, mends, ...asked }: Asked): Promise<number> => {
  if (source === undefined) throw new Trouble(`Say who settles: --source <name>.\n${usage}`);
  const query = new URLSearchParams({ settlementSource: source, ...(mends === undefined ? {} : { mends }) });
  const state = await sendFile(at, { ...asked, path: `/payments/settlements?${query}` });
  const id = String(state['settlementId']);
  return report(at, { name: `Settlement ${id}`, state, rejections: `/payments/settlements/${id}/rejections` });
};

const carrierInvoices = async ({ at, carrier, ...asked }: Asked): Promise<number> => {
  if (carrier === undefined) throw new Trouble(`Say whose invoices they are: --carrier <name>.\n${usage}`);
  const state = await sendFile(at, { ...asked, path: `/shipping/carrier-invoices?${new URLSearchParams({ carrier })}` });
  const id = String(state['fileId']);
  return report(at, { name: `Carrier invoices ${id}`, state, rejections: `/shipping/carrier-invoices/files/${id}/rejections` });
};

const stock = async ({ at, file, type, key }: Asked): Promise<number> => {
  const records = recordsOf(new Upload(createReadStream(file), type), { cells: { quantity: 'number' } });
  const report = await receiveAll(records, key, receivingAt(at));
  say(`${report.records} records, ${report.received} received, ${report.records - report.received} rejected.`);
  for (const { line, field, message } of report.rejections) rejected(line, field, message);
  return report.rejections.length === 0 ? 0 : 2;
};

const kinds: Readonly<Record<string, (asked: Asked) => Promise<number>>> = {
  ...{ orders, stock, settlements },
  'carrier-invoices': carrierInvoices,
};

/** Says what becomes of the file, and answers with the exit code. Throws `Trouble` for what the person at the keyboard can mend. */
export const run = async (args: readonly string[]): Promise<number> => {
  const options = {
    ...cartageOptions,
    key: { type: 'string' },
    source: { type: 'string' },
    mends: { type: 'string' },
    carrier: { type: 'string' },
  } as const;
  const { values, positionals } = parsed(args, options, usage);
  const [kind = '', file, ...others] = positionals;
  const send = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (!send || file === undefined || others.length > 0) throw new Trouble(usage);
  const { source, mends, carrier } = values;
  const [type, at, named] = [typeOf(file), cartageAt(values), await keyOf(file)];
  return send({ source, mends, carrier, file, type, at, key: values.key ?? named });
};
