import type { LineQuantity, Reason } from '@cartage/contracts';
import { Refused, type DataOf, type FieldError } from '@cartage/eventsourcing';
import { following } from './closing';
import type { ReturnCommand } from './commands';
import type { ReturnEvent } from './events';
import { withExchange } from './exchanging';
import { requireRma } from './require';
import { sentBackBy } from './send-back';
import type { OrderReturns, Rma } from './state';
import { untilWhen } from './until-when';

type Decision = DataOf<ReturnCommand, 'DecideReturn'>;

/** What has ended, because the customer keeps it or its time was over, waits for nobody. */
const waitingIn = ({ lines, ended }: Rma): readonly LineQuantity[] =>
  lines.flatMap(({ standing, lineId, sku, asked, received }) =>
    !ended && standing === 'review' && lineId !== undefined ? [{ lineId, sku, quantity: Math.max(asked, received) }] : [],
  );

/** The lines that are named, of those that wait; all of them where none is. */
const decidedOf = (rma: Rma, named: readonly string[] | undefined): readonly LineQuantity[] => {
  const waiting = waitingIn(rma);
  if (waiting.length === 0) throw new Refused('RETURN_STATUS', `Return ${rma.returnId} has no line that waits for a decision.`);
  if (named === undefined) return waiting;
  const known = new Set(waiting.map(({ lineId }) => lineId));
  const errors = named.flatMap((lineId, i): readonly FieldError[] =>
    known.has(lineId)
      ? []
      : [
          {
            field: `lines[${i}]`,
            code: 'LINE_NOT_UNDER_REVIEW',
            message: `Line ${lineId} does not wait for a decision: ${[...known].join(', ')} do.`,
          },
        ],
  );
  if (errors.length > 0) throw new Refused('LINE_NOT_UNDER_REVIEW', 'Some lines do not wait for a decision.', 'invalid', errors);
  const chosen = new Set(named);
  return waiting.filter(({ lineId }) => chosen.has(lineId));
};

/** A person decides about what the policy left to them, line by line. */
export const decideReturn = (command: Decision, state: OrderReturns): readonly ReturnEvent[] => {
  const { orderId, returnId, decision, note, by, now } = command;
  const lines = decidedOf(requireRma(state, returnId), command.lines);
  const common = { orderId, returnId, lines, policy: state.policy?.version ?? '' };
  const { sale, policy } = state;
  const how = sale && policy ? { ...sentBackBy({ sale, policy }, lines), ...untilWhen({ sale, policy }, lines, now) } : {};
  const reason: Reason = { code: 'operator', detail: note, by: 'operator', actor: by };
  const decided: readonly ReturnEvent[] = [
    decision === 'decline'
      ? { type: 'ReturnDeclined', data: { ...common, reason, declinedAt: now } }
      : { type: 'ReturnAuthorized', data: { ...common, by: 'operator', wayBack: 'merchant', ...how, authorizedAt: now } },
  ];
  return following(state, command, withExchange(state, command, decided));
};
