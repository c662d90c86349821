import type { SettingsSpec } from '@cartage/service-kit';
import { port, str } from 'envalid';

export interface EmbeddedSettings {
  readonly CARTAGE_DIR: string;
  readonly POSTGRES_PORT: number;
}

export const embeddedSettings: SettingsSpec<EmbeddedSettings> = {
  CARTAGE_DIR: str({ desc: 'the folder that keeps all data.', default: '.cartage', example: '/var/lib/cartage' }),
  POSTGRES_PORT: port({ desc: 'the wanted port of the embedded Postgres; another one is taken if it is busy.', default: 54_320 }),
};
