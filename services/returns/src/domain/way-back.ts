import type { DataOf } from '@cartage/eventsourcing';
import { following } from './closing';
import type { ReturnCommand } from './commands';
import type { ReturnEvent } from './events';
import { requireGoods, requireRma } from './require';
import type { OrderReturns } from './state';

/** A label, or a code for one; the same tracking number is the same label. */
export const issueLabel = (
  { orderId, returnId, now, url, customsUrl, ...label }: DataOf<ReturnCommand, 'IssueLabel'>,
  state: OrderReturns,
): readonly ReturnEvent[] => {
  const { labels } = requireGoods(state, returnId, 'authorized', 'received', 'awaiting-review');
  if (labels.has(label.trackingNumber)) return [];
  const links = { ...(url === undefined ? {} : { url }), ...(customsUrl === undefined ? {} : { customsUrl }) };
  return [{ type: 'ReturnLabelIssued', data: { orderId, returnId, ...label, ...links, issuedAt: now } }];
};

/** Said of a return that has no label, and waits for one. */
export const recordLabelFailure = (
  { orderId, returnId, reason, now }: DataOf<ReturnCommand, 'RecordLabelFailure'>,
  state: OrderReturns,
): readonly ReturnEvent[] => {
  const { labels, labelFailure, ended } = requireRma(state, returnId);
  if (ended || labels.size > 0 || (labelFailure && labelFailure.code === reason.code && labelFailure.detail === reason.detail)) return [];
  return [{ type: 'LabelFailureRecorded', data: { orderId, returnId, reason, recordedAt: now } }];
};

/** Told twice it is one scan; in whatever order they are told, each is kept with its own time. */
export const recordScan = (command: DataOf<ReturnCommand, 'RecordScan'>, state: OrderReturns): readonly ReturnEvent[] => {
  const { orderId, returnId, carrier, trackingNumber, milestone, place, occurredAt, now } = command;
  const { scans } = requireRma(state, returnId);
  const isSame = scans.some(
    (scan) => scan.trackingNumber === trackingNumber && scan.milestone === milestone && scan.occurredAt === occurredAt,
  );
  if (isSame) return [];
  const scan = { carrier, trackingNumber, milestone, ...(place === undefined ? {} : { place }), occurredAt };
  return following(state, command, [{ type: 'ReturnInTransit', data: { orderId, returnId, ...scan, recordedAt: now } }]);
};
