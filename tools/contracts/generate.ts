// Writes what is generated from libs/contracts: JSON Schemas, the AsyncAPI document, the events reference. Refuses a breaking change.
import { contracts, stateContracts } from '@cartage/contracts';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedFiles } from './generated';
import { breakingChanges, schemasFolder } from './schemas';

const breaks = breakingChanges();
if (breaks.length > 0) {
  console.error(`Breaking changes of published events; make a new version beside the old one instead:\n  ${breaks.join('\n  ')}`);
  process.exit(1);
}
mkdirSync(schemasFolder, { recursive: true });
for (const [file, content] of generatedFiles()) {
  const path = join(process.cwd(), file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
console.log(
  `Wrote ${contracts.length} schemas of events and ${stateContracts.length} of states, and asyncapi.json, events.md and contract-changes.md of docs/reference.`,
);
