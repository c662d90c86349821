import type { Reason } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import type { Beside } from './beside';
import type { ShipmentEvent } from './events';

/** How far whoever fulfils a shipment for us is with it, beyond what the shipment itself tells. */
export interface WithPartner {
  readonly acceptedAt?: string;
  /** Until it takes all of it: units that it takes so far. */
  readonly acceptedLines?: readonly { readonly lineId: string; readonly quantity: number }[];
  /** When it says that they leave. */
  readonly shipsAt?: string;
  /** It will not ship it: all of it, or some lines. */
  readonly rejected?: 'whole' | 'part';
  /** It was asked not to send it, and has not answered. */
  readonly cancellation?: { readonly reason: Reason; readonly requestedAt: string };
  /** It said that the goods had left, before it told of the handover. */
  readonly goneOut?: boolean;
}

const after = ({ withPartner, ...before }: Beside, change: WithPartner): Beside => ({
  ...before,
  withPartner: { ...withPartner, ...change },
});

const answered = (before: Beside, change: WithPartner): Beside => {
  if (!before.withPartner) return before;
  const { cancellation: _answered, ...withPartner } = before.withPartner;
  return { ...before, withPartner: { ...withPartner, ...change } };
};

/** That it takes all of it holds from the first time that it says so. */
const accepted = (
  { withPartner = {}, ...before }: Beside,
  { lines, shipsAt, acceptedAt }: DataOf<ShipmentEvent, 'ShipmentAccepted'>,
): Beside => {
  const { acceptedLines, acceptedAt: since = acceptedAt, ...rest } = withPartner;
  const leaves = shipsAt === undefined ? {} : { shipsAt };
  if (!lines) return { ...before, withPartner: { ...rest, ...leaves, acceptedAt: since } };
  const known = withPartner.acceptedAt === undefined ? { acceptedLines: withMore(acceptedLines, lines) } : { acceptedAt: since };
  return { ...before, withPartner: { ...rest, ...leaves, ...known } };
};

type Units = NonNullable<WithPartner['acceptedLines']>;

/** Of each line the most that was said. */
export const withMore = (before: Units = [], told: Units): Units => {
  const units = new Map(before.map(({ lineId, quantity }) => [lineId, quantity]));
  for (const { lineId, quantity } of told) units.set(lineId, Math.max(quantity, units.get(lineId) ?? 0));
  return [...units].map(([lineId, quantity]) => ({ lineId, quantity }));
};

export const partnerChanges = {
  ShipmentAccepted: accepted,
  ShipmentRejected: (before: Beside, { lines }: DataOf<ShipmentEvent, 'ShipmentRejected'>) =>
    after(before, { rejected: lines ? 'part' : 'whole' }),
  ShipmentCancellationRequested: (before: Beside, { reason, requestedAt }: DataOf<ShipmentEvent, 'ShipmentCancellationRequested'>) =>
    after(before, { cancellation: { reason, requestedAt } }),
  CancellationRefused: (before: Beside) => answered(before, { goneOut: true }),
};

/** It is cancelled, and so nothing is waited for. */
export const cancellationAnswered = (before: Beside): Beside => answered(before, {});
