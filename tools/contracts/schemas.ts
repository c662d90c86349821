import { breaksOf, contracts, nameOf, schemaOf, type AnyEventContract, type JsonSchema } from '@cartage/contracts';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = process.cwd();
export const schemasFolder = join(root, 'libs/contracts/schemas');
const goldenFolder = join(root, 'libs/contracts/golden');

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

export const committedSchemaOf = (contract: AnyEventContract): JsonSchema | undefined => {
  const file = join(schemasFolder, `${nameOf(contract)}.json`);
  return existsSync(file) ? (read(file) as JsonSchema) : undefined;
};

export const goldenOf = (contract: AnyEventContract): unknown => read(join(goldenFolder, `${nameOf(contract)}.json`));

/** Every breaking change of the contracts against the committed ones, a line each; a contract that vanished is one too. */
export const breakingChanges = (): readonly string[] => {
  const names = new Set(contracts.map(nameOf));
  const gone = readdirSync(schemasFolder)
    .map((file) => file.replace(/\.json$/, ''))
    .filter((name) => !names.has(name))
    .map((name) => `${name}: the whole event is gone`);
  const broken = contracts.flatMap((contract) => {
    const committed = committedSchemaOf(contract);
    return committed ? breaksOf(committed, schemaOf(contract)).map((line) => `${nameOf(contract)}: ${line}`) : [];
  });
  return [...gone, ...broken];
};
