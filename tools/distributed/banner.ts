import { placeOrder } from '@cartage/embedded/banner';
import type { System } from './system';

const rows = ({ entrance, services, databaseUrl, brokers, folder }: System): readonly (readonly [string, string])[] => [
  ['Console', `${entrance.url}/console`],
  ['API', `${entrance.url}/docs`],
  ['Health', `${entrance.url}/health/ready`],
  ...services.map(({ name, url }) => [name.replace('services/', ''), `${url}/docs`] as const),
  ['Postgres', databaseUrl],
  ['Kafka', brokers.join(',')],
  ['Data', folder],
];

/** What a person sees when all of Cartage runs in processes of its own. */
export const banner = (system: System): string => `
Cartage is running over Kafka, in a process for each service; Ctrl-C stops it.

${rows(system)
  .map(([what, where]) => `  ${what.padEnd(21)} ${where}`)
  .join('\n')}

Place an order:

  ${placeOrder(system.entrance.url)}
`;
