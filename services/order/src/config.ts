import type { SettingsSpec } from '@cartage/service-kit';
import { num, str } from 'envalid';
import type { Patience } from './domain/occasion';

export interface OrderSettings {
  readonly RETURNS_POLICY: string;
  readonly ORDER_CANCELLATION_MINUTES: number;
}

export const orderSettings: SettingsSpec<OrderSettings> = {
  RETURNS_POLICY: str({
    default: 'returns-2026-11',
    desc: 'Version of the return policy that orders are sold under from now on; each order remembers the one it was sold under.',
  }),
  ORDER_CANCELLATION_MINUTES: num({
    default: 15,
    desc: 'How long whoever holds the goods may take to answer whether they can still be cancelled, before the order is held (`cancellation-overdue`).',
  }),
};

const MINUTE = 60_000;

export const patienceOf = ({ ORDER_CANCELLATION_MINUTES }: OrderSettings): Patience => ({
  cancellationMs: ORDER_CANCELLATION_MINUTES * MINUTE,
});
