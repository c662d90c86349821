import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from '@cartage/testkit';

const command = async (args: readonly string[], environment: Readonly<Record<string, string>>) => {
  const program = await startProgram({ program: 'tools/support-bundle/support-bundle.ts', args, environment });
  const code = await program.ended;
  return { code, text: program.output.all() };
};

/** The support bundle of an order, as a person makes it, and what its replay says where there is no database. */
export const bundled = async (orderId: string, environment: Readonly<Record<string, string>>) => {
  const file = join(tmpdir(), `cartage-e2e-${randomUUID()}.bundle.json`);
  try {
    const made = await command(['--order', orderId, '--out', file], environment);
    if (made.code !== 0) throw new Error(`No bundle was made: ${made.text}`);
    return { text: readFileSync(file, 'utf8'), replay: await command(['replay', file], {}) };
  } finally {
    await rm(file, { force: true });
  }
};
