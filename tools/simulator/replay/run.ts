import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { messageOf } from '@cartage/eventsourcing';
import { cartageOver } from '../cartage';
import { httpTo, type Origins, type TokenOf } from '../http';
import { Trouble } from '../problem';
import type { Progress } from '../terminal';
import { audit } from './audit';
import { bringBack } from './crediting';
import type { Source } from './file';
import { lookBack } from './looking-back';
import { planOf } from './plan';
import { reportOf, type Report } from './report';
import { sell, stockUp } from './selling';
import { stockBalance } from './stock';

export interface ReplayOptions extends Source {
  readonly origins: Origins;
  readonly token?: TokenOf | undefined;
  /** Signs the simulated carrier's webhooks; Cartage's default if absent. */
  readonly secret?: string | undefined;
  readonly progress: (what: string, total: number) => Progress;
}

const fileIdOf = async (file: string): Promise<string> => {
  if (!existsSync(file)) throw new Trouble(`There is no file ${file}.`);
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  } catch (error) {
    throw new Trouble(`${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  return hash.digest('hex').slice(0, 16);
};

/**
 * Feeds the invoices of a file to a running Cartage and balances what became of them. Everything is named by the file's own numbers, so that a run that was
 * interrupted is gone on with, and a run that was whole is repeated without changing anything.
 */
export const replay = async ({ file, limit, origins, token, secret, progress }: ReplayOptions): Promise<Report> => {
  const started = performance.now();
  const cartage = cartageOver(httpTo(origins, token));
  const source = { file, limit };
  try {
    const fileId = await fileIdOf(file);
    const plan = await planOf(source);
    const run = { cartage, source, plan, secret, progress };
    const received = await stockUp(run, fileId);
    const { placed, repeated } = await sell(run);
    const credited = await bringBack(run);
    const kept = await lookBack(run);
    const stock = await stockBalance(cartage, { received, shipped: kept.shipped, restocked: credited.restocked });
    const seconds = (performance.now() - started) / 1_000;
    return reportOf({ file, seconds, orders: { placed, repeated } }, { audited: await audit(source), credited, kept, stock });
  } finally {
    cartage.close();
  }
};
