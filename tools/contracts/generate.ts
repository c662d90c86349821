// Writes what is generated from libs/contracts: JSON Schemas, the AsyncAPI document, the events reference. Refuses a breaking change.
import { contracts, stateContracts } from '@cartage/contracts';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Trouble } from '../client/client';
import { requireNone, runProgram, type Done } from '../client/program';
import { generatedFiles } from './generated';
import { breakingChanges, schemasFolder } from './schemas';

const usage = 'Usage: npm run contracts';

const write = (): void => {
  mkdirSync(schemasFolder, { recursive: true });
  for (const [file, content] of generatedFiles()) {
    const path = join(process.cwd(), file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
};

const run = async (args: readonly string[]): Promise<Done> => {
  requireNone(args, usage);
  const breaks = breakingChanges();
  if (breaks.length > 0)
    throw new Trouble(`Breaking changes of published events; make a new version beside the old one instead:\n  ${breaks.join('\n  ')}`);
  write();
  const text = `Wrote ${contracts.length} schemas of events and ${stateContracts.length} of states, and asyncapi.json, events.md and contract-changes.md of docs/reference.`;
  return { text, code: 0 };
};

runProgram({ usage, run, failed: 1 });
