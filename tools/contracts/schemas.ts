import {
  breaksOf,
  contracts,
  nameOf,
  schemaOf,
  stateContracts,
  stateSchemaOf,
  type AnyEventContract,
  type JsonSchema,
} from '@cartage/contracts';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = process.cwd();
export const schemasFolder = join(root, 'libs/contracts/schemas');
const stateSchemasFolder = join(root, 'libs/contracts/state-schemas');
const goldenFolder = join(root, 'libs/contracts/golden');

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

export const goldenOf = (contract: AnyEventContract): unknown => read(join(goldenFolder, `${nameOf(contract)}.json`));

/** Schemas by their names, such as `OrderPlaced.v1`, and those that are committed in a folder. */
const breaksIn = (folder: string, schemas: ReadonlyMap<string, JsonSchema>): readonly string[] => {
  const committed = existsSync(folder) ? readdirSync(folder).map((file) => file.replace(/\.json$/, '')) : [];
  return committed.flatMap((name) => {
    const schema = schemas.get(name);
    if (schema === undefined) return [`${name}: all of it is gone`];
    return breaksOf(read(join(folder, `${name}.json`)) as JsonSchema, schema).map((line) => `${name}: ${line}`);
  });
};

/** Every breaking change of the contracts against the committed ones, a line each; a contract that vanished is one too. */
export const breakingChanges = (): readonly string[] => [
  ...breaksIn(schemasFolder, new Map(contracts.map((contract) => [nameOf(contract), schemaOf(contract)]))),
  ...breaksIn(stateSchemasFolder, new Map(stateContracts.map((contract) => [nameOf(contract), stateSchemaOf(contract)]))),
];
