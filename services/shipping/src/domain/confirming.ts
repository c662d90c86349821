import { unitsBySku, withParts, type LineQuantity, type ShortUnits } from '@cartage/contracts';
import { Refused, type FieldError } from '@cartage/eventsourcing';
import type { LinesConfirmed, PickedLine, Plan, ShipmentEvent } from './events';
import { byLine, notPicked, withConfirmed, type ByLine, type Picking } from './picking';
import { notNow, refOf, requireFree } from './refusals';
import { isCarried, type Shipment } from './shipment';

/*
 * A line is confirmed with what was found of it in all, and what is not there: said again, it changes nothing. When every unit is one or the other, the shipment is
 * picked: what was found is the whole of it from then on. Until it is packed, more may be found missing; what was missing is not found again, because others look for it.
 */

/** What a picker says of a line; `quantity` absent: all of it but what is short. */
export interface LineConfirmed {
  readonly lineId: string;
  readonly quantity?: number;
  readonly short?: number;
  readonly missing?: Pieces;
  readonly code?: string;
  readonly detail?: string;
}

type Pieces = ShortUnits['missing'];

const addUp = (lines: readonly LineQuantity[]): ByLine<LineQuantity> => {
  const units = new Map<string, LineQuantity>();
  for (const { lineId, sku, parts, quantity } of lines)
    units.set(lineId, withParts({ lineId, sku, quantity: quantity + (units.get(lineId)?.quantity ?? 0) }, parts));
  return units;
};

/** As it was planned: what is still in it, and what was found missing. */
const plannedUnits = (lines: readonly LineQuantity[], { short }: Picking): ByLine<LineQuantity> => addUp([...lines, ...short]);

/** What so many units of a line are made of. */
const piecesIn = (line: LineQuantity, quantity: number): Pieces =>
  [...unitsBySku([{ ...line, quantity }])].map(([sku, units]) => ({ sku, quantity: units })).filter((piece) => piece.quantity > 0);

const fault = (field: string, code: string, message: string): FieldError => ({ field, code, message });

const notFound = { code: 'not-found', by: 'operator' };

const asPicked = ({ lineId, short = 0, ...told }: LineConfirmed, planned: LineQuantity): PickedLine => {
  const { quantity = Math.max(0, planned.quantity - short), code = notFound.code, detail } = told;
  if (short === 0) return { lineId, quantity, short };
  const reason = { code, ...(detail === undefined ? {} : { detail }), by: notFound.by };
  return { lineId, quantity, short, missing: told.missing ?? piecesIn(planned, short), reason };
};

const faultsIn = (line: LineConfirmed, of: LineQuantity, field: string): readonly FieldError[] => {
  const { quantity, short, missing = [] } = asPicked(line, of);
  if (quantity + short <= of.quantity) return wrongPieces(`${field}.missing`, missing, piecesIn(of, short));
  const message = `Line ${line.lineId} has ${of.quantity} units to pick, and this makes ${quantity + short}.`;
  return [fault(`${field}.quantity`, 'LINE_PICKED_TWICE', message)];
};

const faultsOf = (confirmed: readonly LineConfirmed[], planned: ByLine<LineQuantity>): readonly FieldError[] =>
  confirmed.flatMap((line, i) => {
    const [field, of] = [`lines[${i}]`, planned.get(line.lineId)];
    return of
      ? faultsIn(line, of, field)
      : fault(`${field}.lineId`, 'LINE_NOT_IN_SHIPMENT', `Line ${line.lineId} is not part of this shipment.`);
  });

const repeated = (confirmed: readonly LineConfirmed[]): readonly FieldError[] => {
  const seen = new Set<string>();
  return confirmed.flatMap(({ lineId }, i) => {
    if (seen.has(lineId)) return fault(`lines[${i}].lineId`, 'LINE_REPEATED', `Line ${lineId} is named twice. Say it once, in all.`);
    seen.add(lineId);
    return [];
  });
};

/** No more can be missing than the short units are made of, and something of each of them must be. */
const wrongPieces = (field: string, missing: Pieces, most: Pieces): readonly FieldError[] => {
  const units = new Map(most.map(({ sku, quantity }) => [sku, quantity]));
  const wrong = missing.find(({ sku, quantity }) => quantity > (units.get(sku) ?? 0));
  if (wrong)
    return [fault(field, 'PIECES_WRONG', `Of the short units ${units.get(wrong.sku) ?? 0} are ${wrong.sku}, not ${wrong.quantity}.`)];
  return most.length > 0 && missing.length === 0 ? [fault(field, 'PIECES_WRONG', 'Name what is missing of the short units.')] : [];
};

const sameUnits = (one: PickedLine | undefined, other: PickedLine): boolean =>
  one?.quantity === other.quantity && one.short === other.short;

/** Others look for what was missing: it is not found again here. */
const requireLess = ({ pickedAt, lines }: Picking, confirmed: readonly PickedLine[]): void => {
  if (pickedAt === undefined) return;
  const before = byLine(lines);
  for (const { lineId, quantity } of confirmed) {
    const { quantity: found } = before.get(lineId) ?? { quantity: 0 };
    if (quantity <= found) continue;
    throw new Refused('SHIPMENT_PICKED_ALREADY', `It was picked with ${found} units of line ${lineId}. What was short is brokered again.`);
  }
};

interface Picked {
  readonly lines: readonly LineQuantity[];
  readonly short: readonly ShortUnits[];
}

/** What was found, and what is newly missing. */
const outcome = (planned: ByLine<LineQuantity>, lines: ByLine<PickedLine>, { short: told }: Picking): Picked => {
  const before = addUp(told);
  const of = [...planned.values()].flatMap((plan) => {
    const line = lines.get(plan.lineId);
    return line ? [{ line, plan, news: line.short - (before.get(plan.lineId)?.quantity ?? 0) }] : [];
  });
  return {
    lines: of.flatMap(({ line, plan }) => (line.quantity > 0 ? [{ ...plan, quantity: line.quantity }] : [])),
    short: of.flatMap(({ line: { missing = [], reason = notFound }, plan, news }) =>
      news > 0 ? [{ ...plan, quantity: news, missing: beyond(missing, told, plan.lineId), reason }] : [],
    ),
  };
};

/** Pieces that were not told as missing before. */
const beyond = (missing: Pieces, told: readonly ShortUnits[], lineId: string): Pieces => {
  const before = new Map<string, number>();
  for (const { lineId: of, missing: pieces } of told)
    for (const { sku, quantity } of of === lineId ? pieces : []) before.set(sku, quantity + (before.get(sku) ?? 0));
  return missing.map(({ sku, quantity }) => ({ sku, quantity: quantity - (before.get(sku) ?? 0) })).filter(({ quantity }) => quantity > 0);
};

const nothingThere = { code: 'short-picked', detail: 'Nothing of it was there.', by: 'operator' };

/** Every unit of it was found, or found missing. */
const picked = (plan: Plan, { lines, short }: Picked, now: string): readonly ShipmentEvent[] => {
  const event: ShipmentEvent = { type: 'ShipmentPicked', data: { ...refOf(plan), lines, short, pickedAt: now } };
  if (lines.length > 0) return [event];
  return [event, { type: 'ShipmentCancelled', data: { ...refOf(plan), lines: [], reason: nothingThere, cancelledAt: now } }];
};

/** Not all of it is accounted for yet; what was once, stays so. */
const underway = (plan: Plan, { pickedAt }: Picking, confirmed: Pick<LinesConfirmed, 'lines' | 'confirmedAt'>): ShipmentEvent => {
  if (pickedAt !== undefined)
    throw new Refused('SHIPMENT_PICKED_ALREADY', 'It was picked. Say only how many more units of a line are short.');
  return { type: 'LinesConfirmed', data: { shipmentId: plan.shipmentId, orderId: plan.orderId, ...confirmed } };
};

/** `lines` absent: the rest of it is there. */
const confirmedBy = (told: readonly LineConfirmed[] | undefined, planned: ByLine<LineQuantity>, before: ByLine<PickedLine>) => {
  if (!told)
    return [...planned.values()].map(({ lineId, quantity }): PickedLine => {
      const { short = 0, ...line } = before.get(lineId) ?? {};
      return { ...line, lineId, quantity: quantity - short, short };
    });
  const errors = [...faultsOf(told, planned), ...repeated(told)];
  if (errors[0]) throw new Refused('PICK_WRONG', errors[0].message, 'invalid', errors);
  return told.flatMap((line) => {
    const of = planned.get(line.lineId);
    return of ? [asPicked(line, of)] : [];
  });
};

interface Confirmation {
  readonly lines?: readonly LineConfirmed[];
  readonly now: string;
}

export const pick = ({ lines: told, now }: Confirmation, shipment: Shipment): readonly ShipmentEvent[] => {
  const { picking = notPicked } = shipment;
  if (!('plan' in shipment) || !shipment.plan) throw notNow(shipment);
  const { plan } = shipment;
  const planned = plannedUnits(plan.lines, picking);
  const before = byLine(picking.lines);
  const changed = confirmedBy(told, planned, before).filter((line) => !sameUnits(before.get(line.lineId), line));
  if (changed.length === 0) return [];
  requireUnpacked(shipment);
  requireFree(shipment);
  requireLess(picking, changed);
  const lines = byLine(withConfirmed(picking.lines, changed));
  if (isOpen(planned, lines)) return [underway(plan, picking, { lines: changed, confirmedAt: now })];
  return picked(plan, outcome(planned, lines, picking), now);
};

const isOpen = (planned: ByLine<LineQuantity>, lines: ByLine<PickedLine>): boolean =>
  [...planned.values()].some(({ lineId, quantity }) => accountedFor(lines.get(lineId)) < quantity);

const requireUnpacked = (shipment: Shipment): void => {
  if (shipment.status === 'to-pack') return;
  if (!('parcels' in shipment) || isCarried(shipment)) throw notNow(shipment);
  throw new Refused(
    'SHIPMENT_PACKED_ALREADY',
    'It is packed. What is missing of it is said before; now the location may only reject all of it.',
  );
};

const accountedFor = (line: PickedLine | undefined): number => (line ? line.quantity + line.short : 0);

/** A packer waits for whoever began to pick. */
export const requirePicked = ({ picking }: Pick<Shipment, 'picking'>): void => {
  if (picking && picking.pickedAt === undefined)
    throw new Refused('SHIPMENT_NOT_PICKED', 'Its picking has begun and is not finished. Confirm the other lines first.');
};
