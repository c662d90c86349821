import type { Reason, Verdict } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import type { Edit, PaymentCommand } from './commands';
import { dueOf, withCancelled } from './due';
import type { PaymentEvent } from './events';
import { unpromised } from './ledger';
import { due, isPromised, requireKnown, type Known, type Payment } from './payment';
import { rejected } from './promise';
import { judgedAnew, raised, type Dearer } from './raise';
import { undecided } from './review';
import type { Terms } from './terms';
import { withdrawnCharge } from './withdrawing';

type Command<Type extends PaymentCommand['type']> = DataOf<PaymentCommand, Type>;

/** What is due now, told where it is another sum. */
const told = (known: Known, after: number, { reason, now }: { readonly reason: Reason; readonly now: string }): readonly PaymentEvent[] => {
  const { orderId, currency } = known.terms;
  const before = due(known);
  return after === before ? [] : [{ type: 'AmountDueChanged', data: { orderId, currency, due: after, before, reason, changedAt: now } }];
};

/** Units will not ship, or left and did not arrive: less is due. */
export const cancelLines = (
  { orderId, lines, reason, undelivered, now }: Command<'CancelLines'>,
  payment: Payment,
): readonly PaymentEvent[] => {
  const known = requireKnown(orderId, payment);
  if (known.phase === 'abandoned') return [];
  const cancelled = lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
  return [
    ...(undelivered ? withdrawnCharge(known, { ...undelivered, lines }, now) : []),
    { type: 'TermsAmended', data: { orderId, cancelled, reason, amendedAt: now } },
    ...told(known, dueOf(known.terms, withCancelled(known.terms, known.cancelled, cancelled)), { reason, now }),
  ];
};

const replacing = <Thing>(
  things: readonly Thing[],
  changes: readonly { readonly id: string; readonly after?: Thing | undefined }[],
  idOf: (thing: Thing) => string,
): readonly Thing[] => {
  const left = new Map(changes.map(({ id, after }) => [id, after]));
  const kept = things.flatMap((thing) => {
    const id = idOf(thing);
    if (!left.has(id)) return [thing];
    const after = left.get(id);
    left.delete(id);
    return after === undefined ? [] : [after];
  });
  return [...kept, ...[...left.values()].filter((after) => after !== undefined)];
};

const edited = ({ lines, deliveries }: Terms, edit: Edit): Pick<Terms, 'lines' | 'deliveries'> => ({
  lines: replacing(
    lines,
    edit.lines.map(({ lineId, after }) => ({ id: lineId, after })),
    ({ lineId }) => lineId,
  ),
  deliveries: replacing(
    deliveries,
    edit.deliveries.map(({ shipGroupId, after }) => ({ id: shipGroupId, after })),
    ({ shipGroupId }) => shipGroupId,
  ),
});

/** How it is to be judged at its new price: where more is to be promised than was, and while a person looks at it still. */
const verdictOn = (known: Known, dearer: Dearer): Verdict | undefined => {
  if (known.phase === 'accepted') return unpromised(known.ledger, dearer.due) > 0 ? judgedAnew(known, dearer) : undefined;
  const verdict = known.phase === 'under-review' && dearer.due > due(known) ? judgedAnew(known, dearer) : undefined;
  // A person was asked and answers, though nothing may speak against it any more.
  return verdict?.decision === 'accept' ? undefined : verdict;
};

const follows = (known: Known, verdict: Verdict, dearer: Dearer): readonly PaymentEvent[] => {
  if (known.phase === 'accepted') return raised(known, verdict, dearer);
  const { terms, newId, now } = dearer;
  return verdict.decision === 'reject' ? rejected({ newId, now, terms, verdict, tenders: undecided({ ...known, terms }) }) : [];
};

/** The order is another one: what it costs more is judged and promised too, and what it costs less is given back. */
export const editOrder = (
  { now, newId, limits, risk, learned, ...edit }: Command<'EditOrder'>,
  payment: Payment,
): readonly PaymentEvent[] => {
  const { orderId, orderVersion, total, reason } = edit;
  const known = requireKnown(orderId, payment);
  if (orderVersion <= known.orderVersion || known.phase === 'abandoned') return [];
  const terms = { ...edited(known.terms, edit), total };
  const after = dueOf(terms, withCancelled(terms, known.cancelled, []));
  const asked = { ...(risk ? { risk } : {}), ...(learned ? { learned } : {}) };
  const dearer: Dearer = { orderVersion, terms: { ...known.terms, ...terms }, due: after, limits, newId, now, ...asked };
  const verdict = verdictOn(known, dearer);
  const judged = verdict === undefined ? {} : { verdict };
  return [
    { type: 'TermsAmended', data: { orderId, edited: { orderVersion, ...terms }, ...judged, reason, amendedAt: now } },
    ...told(known, after, { reason, now }),
    ...(verdict ? follows(known, verdict, dearer) : []),
  ];
};

/** What is left of an order that has ended: nothing of it will ship. */
const rest = ({ terms, cancelled }: Known) =>
  terms.lines.flatMap(({ lineId, quantity }) => {
    const left = quantity - (cancelled.get(lineId) ?? 0);
    return left > 0 ? [{ lineId, quantity: left }] : [];
  });

/** The order has ended unshipped: nothing is due any more. */
export const cancelPayment = ({ orderId, reason, now }: Command<'CancelPayment'>, payment: Payment): readonly PaymentEvent[] => {
  const known = requireKnown(orderId, payment);
  if (known.phase === 'abandoned') return [];
  if (!isPromised(known))
    return known.phase === 'rejected' ? [] : [{ type: 'PaymentAbandoned', data: { orderId, reason, abandonedAt: now } }];
  const cancelled = rest(known);
  if (cancelled.length === 0) return [];
  return [{ type: 'TermsAmended', data: { orderId, cancelled, reason, amendedAt: now } }, ...told(known, 0, { reason, now })];
};
