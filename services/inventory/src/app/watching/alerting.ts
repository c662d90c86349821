import { numbered, type Meta, type NewEvent, type Write } from '@cartage/eventsourcing';
import type { CurrentAvailability } from '../../domain/availability';
import { alertsOf, conditionsOf, type AlertEvent, type StandingAlert, type Watched } from '../../domain/watching/alerts';
import type { DraftingNeeds } from '../drafting';

/** What is watched of SKUs, and what was raised; in the transaction that tells what can be promised. */
export interface AlertTransaction {
  /** Alerts of these SKUs that follow from their own figures: not those that another system's count raised. */
  watched(skus: readonly string[]): Promise<Omit<Watched, 'availability'> & { readonly standing: readonly StandingAlert[] }>;
  writeAlerts(events: readonly AlertEvent[]): Promise<void>;
}

/** Raises and ends alerts by what is so now. */
export const alertWrites = async (
  { newId, isPublic }: DraftingNeeds,
  transaction: AlertTransaction,
  { now, asOf }: { readonly now: readonly CurrentAvailability[]; readonly asOf: string },
): Promise<readonly Write[]> => {
  const { standing, ...watched } = await transaction.watched([...new Set(now.map(({ sku }) => sku))]);
  const availability = now.map(({ sku, channel = '', atp }) => ({ sku, channel, atp }));
  const events = alertsOf(conditionsOf({ ...watched, availability }), standing, { newId, now: asOf });
  if (events.length === 0) return [];
  await transaction.writeAlerts(events);
  return alertStreams({ newId, isPublic }, events);
};

/** An alert has two events in its life: it is raised, and it ends. */
export const alertStreams = ({ newId, isPublic }: DraftingNeeds, events: readonly AlertEvent[]): readonly Write[] => {
  const correlationId = newId();
  return events.map((event): Write => {
    const expected = event.type === 'StockAlertEnded' ? 1 : 0;
    const meta: Meta = { commandId: newId(), correlationId, actor: 'inventory.alerts' };
    const made: NewEvent = { ...event, id: newId(), meta: numbered(expected, isPublic)(event.type, meta) };
    return { stream: `alert-${event.data.alertId}`, expected, events: [made] };
  });
};
