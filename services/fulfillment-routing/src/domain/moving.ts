import type { LineQuantity } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import { broker } from './brokering';
import type { Events, Given, MoveRequest } from './commands';
import { givenBack, requestOf, type Evidence, type Occasion } from './deciding';
import { brokerFree } from './holding';
import { requireBrokered, requireFulfillment, shipGroupOf } from './requiring';
import { evolve, isMove, mayBecome, type Brokered, type Brokering, type Fulfillment, type Rejection } from './state';
import { divided, unitsByLine, type UnitsOfLine } from './units';

/*
 * A fulfilment is not to ship as it is: its location will not, or somebody wants it, or a part of it, from elsewhere. Either is a request to whoever holds the
 * goods; only when nothing was handed over is anything brokered again.
 */

const requireOpen = ({ status }: Fulfillment): void => {
  if (status === 'closed') throw new Refused('FULFILLMENT_CLOSED', 'Its goods have left the location; nothing of it can go another way.');
};

/** Units of its lines, as they stand in it; nothing where all of it is meant. */
const partOf = (of: Fulfillment, named: readonly UnitsOfLine[] | undefined): readonly LineQuantity[] | undefined => {
  if (!named) return undefined;
  const standing = unitsByLine(of.lines);
  const wrong = [...unitsByLine(named)].find(([lineId, units]) => units > (standing.get(lineId) ?? 0));
  if (wrong) {
    const message = `The fulfilment has ${standing.get(wrong[0]) ?? 0} unit(s) of line ${wrong[0]}, not ${wrong[1]}.`;
    throw new Refused('UNITS_NOT_IN_FULFILLMENT', message, 'invalid', [{ field: 'lines', code: 'UNITS_NOT_IN_FULFILLMENT', message }]);
  }
  const { found, rest } = divided(of.lines, named);
  return rest.length > 0 ? found : undefined;
};

/** A location asks; whoever holds the goods answers. */
export const requestRejection = (
  { fulfillmentId, stockEffect = 'keep', reason, now, ...asked }: Given<'RequestRejection'>,
  state: Brokering,
): Events => {
  const of = requireFulfillment(state, fulfillmentId);
  requireOpen(of);
  const part = partOf(of, asked.lines);
  if (!mayBecome(of.status, 'rejecting')) return [];
  const { orderId } = requireBrokered(state);
  const { location, lines } = of;
  const apart = part ? { apart: { lines: part } } : {};
  const data = { fulfillmentId, orderId, location, lines, ...apart, stockEffect, reason, requestedAt: now };
  return [{ type: 'FulfillmentRejectionRequested', data }];
};

const sameMove = ({ rejection }: Fulfillment, apart: NonNullable<Rejection['apart']>): boolean =>
  isMove(rejection) && JSON.stringify(rejection?.apart) === JSON.stringify(apart);

interface Named {
  readonly lines: readonly LineQuantity[];
  readonly only: string;
  readonly evidence: Evidence;
}

/** Whoever is named must be able to take it as it stands now; whether it still can when the answer comes, is seen then. */
const requireFit = (order: Brokered, of: Fulfillment, { lines, only, evidence }: Named): void => {
  if (only === of.location) throw new Refused('ALREADY_THERE', `It is at ${only} already.`);
  const occasion = { cause: 'moved' as const, shipGroup: shipGroupOf(order, of.shipGroupId), lines, attempt: of.attempt, only };
  const { because, candidates } = broker(evidence.rules, { ...requestOf(order, occasion), excluded: [], inUse: [] }, evidence.facts);
  if (because === undefined) return;
  const why = candidates.find(({ location }) => location === only)?.refusal ?? because;
  throw new Refused('LOCATION_UNFIT', `${only} cannot be given these lines now: ${why}.`);
};

/** All of it from the location that is named, or some of it apart from the rest. */
export const requestMove = ({ fulfillmentId, location: only, reason, evidence, ...asked }: MoveRequest, state: Brokering): Events => {
  const of = requireFulfillment(state, fulfillmentId);
  requireOpen(of);
  const part = partOf(of, asked.lines);
  if (!part && only === undefined) {
    const message = 'Nothing would stay behind: name fewer units, or the location that is to ship it.';
    throw new Refused('NOTHING_STAYS', message, 'invalid', [{ field: 'lines', code: 'NOTHING_STAYS', message }]);
  }
  const order = requireBrokered(state);
  const apart = { lines: part ?? of.lines, ...(only === undefined ? {} : { location: only }) };
  if (sameMove(of, apart)) return [];
  if (of.status !== 'brokered') throw new Refused('FULFILLMENT_IN_MOTION', `It is ${of.status}: see what becomes of that first.`);
  if (only !== undefined) requireFit(order, of, { lines: apart.lines, only, evidence });
  const { location, lines } = of;
  const data = { fulfillmentId, orderId: order.orderId, location, lines, apart, reason, requestedAt: evidence.now };
  return [{ type: 'FulfillmentRejectionRequested', data }];
};

interface Parted {
  readonly of: Fulfillment;
  /** What is to be shipped after all. */
  readonly lines: readonly LineQuantity[];
  readonly apart: NonNullable<Rejection['apart']>;
  readonly evidence: Evidence;
  /** The same, with ids of its own. */
  readonly another: Evidence;
}

/** What stays goes from where it was; what goes apart from the named location if it can, else from whoever the rules find. */
export const brokerApart = (order: Brokered, { of, lines, apart, evidence, another }: Parted): Events => {
  const { found: moving, rest: staying } = divided(lines, apart.lines);
  const occasion = { cause: 'moved' as const, shipGroup: shipGroupOf(order, of.shipGroupId), attempt: of.attempt };
  if (staying.length === 0) return brokerMoving(order, { of, known: givenBack(evidence, of) }, { ...occasion, lines: moving });
  const known = givenBack(evidence, { ...of, lines: staying });
  const first = brokerFree(order, known, { ...occasion, lines: staying, preferred: of.location });
  if (moving.length === 0) return first;
  const then = first.reduce<Brokering>(evolve, order) ?? order;
  // Its place of that day is taken by what stays.
  const rest = givenBack(another, { ...of, lines: moving, workDay: '' });
  return [...first, ...brokerMoving(then, { of, known: rest }, { ...occasion, lines: moving })];
};

interface Moving {
  readonly of: Fulfillment;
  readonly known: Evidence;
}

const brokerMoving = (order: Brokered, { of, known }: Moving, occasion: Occasion): Events => {
  if (!isMove(of.rejection)) return brokerFree(order, known, { ...occasion, cause: 'rejected', attempt: of.attempt + 1 });
  const only = of.rejection?.apart?.location;
  if (only === undefined) return brokerFree(order, known, occasion);
  const named = brokerFree(order, known, { ...occasion, only });
  const isRefused = named.some(({ type }) => type === 'FulfillmentUnfillable');
  return isRefused ? brokerFree(order, known, { ...occasion, preferred: of.location }) : named;
};
