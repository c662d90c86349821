import {
  asyncApiOf,
  contracts,
  nameOf,
  partnerMessageSchema,
  returnsProviderMessageSchema,
  schemaOf,
  stateContracts,
  stateSchemaOf,
} from '@cartage/contracts';
import { eventsPage } from './events-page';
import { changesPage } from './changes-page';
import { releasesIn, versionHere } from './releases';
import { goldenOf } from './schemas';

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** Everything that is generated from the contracts: path in the workspace and content. */
export const generatedFiles = (): ReadonlyMap<string, string> =>
  new Map([
    ...contracts.map((contract): [string, string] => [`libs/contracts/schemas/${nameOf(contract)}.json`, json(schemaOf(contract))]),
    ...stateContracts.map((contract): [string, string] => [
      `libs/contracts/state-schemas/${nameOf(contract)}.json`,
      json(stateSchemaOf(contract)),
    ]),
    ['docs/reference/asyncapi.json', json(asyncApiOf(contracts, goldenOf))],
    ['docs/reference/events.md', eventsPage()],
    ['docs/reference/contract-changes.md', changesPage(versionHere(), releasesIn())],
    ['docs/reference/partner-message.schema.json', json(partnerMessageSchema)],
    ['docs/reference/returns-provider-message.schema.json', json(returnsProviderMessageSchema)],
  ]);
