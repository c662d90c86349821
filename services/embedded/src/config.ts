import type { SettingsSpec } from '@cartage/service-kit';
import { bool, port, str } from 'envalid';

export interface EmbeddedSettings {
  readonly CARTAGE_DIR: string;
  readonly POSTGRES_PORT: number;
  readonly AUDIT_ENABLED: boolean;
  readonly REPORTING_ENABLED: boolean;
  readonly SUBSCRIPTIONS_ENABLED: boolean;
}

export const embeddedSettings: SettingsSpec<EmbeddedSettings> = {
  CARTAGE_DIR: str({ desc: 'the folder that keeps all data.', default: '.cartage', example: '/var/lib/cartage' }),
  AUDIT_ENABLED: bool({
    desc: 'whether the audit service runs with the others: it hears every topic and names what did not follow in time or is there twice, which costs every order something.',
    default: false,
  }),
  REPORTING_ENABLED: bool({
    desc: 'whether the reporting service runs with the others: it follows every topic into tables for analysts, which costs every order something.',
    default: false,
  }),
  SUBSCRIPTIONS_ENABLED: bool({
    desc: 'whether the subscriptions service runs with the others: it keeps every public event once more, for journals of orders and whoever follows them, which costs every order something.',
    default: false,
  }),
  POSTGRES_PORT: port({ desc: 'the wanted port of the embedded Postgres; another one is taken if it is busy.', default: 54_320 }),
};
