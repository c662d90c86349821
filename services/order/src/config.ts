import type { SettingsSpec } from '@cartage/service-kit';
import { str } from 'envalid';

export interface OrderSettings {
  readonly RETURNS_POLICY: string;
}

export const orderSettings: SettingsSpec<OrderSettings> = {
  RETURNS_POLICY: str({
    default: 'returns-2026-11',
    desc: 'Version of the return policy that orders are sold under from now on; each order remembers the one it was sold under.',
  }),
};
