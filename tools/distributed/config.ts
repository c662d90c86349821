import type { SettingsSpec } from '@cartage/service-kit';
import { port, str } from 'envalid';

export interface DistributedSettings {
  readonly CARTAGE_DIR: string;
  readonly PORT: number;
  readonly POSTGRES_PORT: number;
  readonly KAFKA_PORT: number;
  readonly LOG_LEVEL: string;
}

/** The data is not the embedded system's: what its listeners have heard already, the groups on Kafka would hear once more. */
export const distributedSettings: SettingsSpec<DistributedSettings> = {
  CARTAGE_DIR: str({
    desc: 'the folder that keeps all data of the distributed system.',
    default: '.cartage/distributed',
    example: '/var/lib/cartage',
  }),
  PORT: port({ desc: 'the port of the common entrance.', default: 3000 }),
  POSTGRES_PORT: port({ desc: 'the wanted port of Postgres; another one is taken if it is busy.', default: 54_321 }),
  KAFKA_PORT: port({ desc: 'the port of Kafka.', default: 9092 }),
  LOG_LEVEL: str({ desc: 'how much the services log.', choices: ['error', 'warn', 'info', 'debug', 'trace'], default: 'warn' }),
};
