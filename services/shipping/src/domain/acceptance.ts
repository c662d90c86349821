import type { LineQuantity } from '@cartage/contracts';
import { isGone } from './collecting';
import { notInShipment, planOf, standingIn, type Events, type Heard, type UnitsOfLine } from './heard';
import { refOf } from './refusals';
import type { Shipment } from './shipment';
import { withMore, type WithPartner } from './with-partner';

/* Whoever fulfils it takes all of it, or line by line, and may say when it leaves; said again with another date, the later one counts. */

/** As far as the lines are in it: of a line that was short, or is gone, what was said before of more units holds for those that are left. */
const takenIn = (shipment: Shipment, told: readonly UnitsOfLine[]): readonly LineQuantity[] => {
  const standing = standingIn(planOf(shipment).lines);
  const isChanged = shipment.status !== 'to-pack' || shipment.picking !== undefined;
  return told.flatMap(({ lineId, quantity }, l) => {
    const line = standing.get(lineId);
    if (!line && !isChanged) throw notInShipment(`Line ${lineId} is not part of this shipment.`, `lines[${l}].lineId`);
    return line && quantity > 0 ? [{ ...line, quantity: Math.min(quantity, line.quantity) }] : [];
  });
};

/** Of lines that are taken one after the other, all of it is taken with the last of them. */
const acceptedPart = (shipment: Shipment, told: readonly UnitsOfLine[] | undefined): readonly LineQuantity[] | undefined => {
  const lines = told && takenIn(shipment, told);
  const taken = new Map(withMore(shipment.withPartner?.acceptedLines, lines ?? []).map(({ lineId, quantity }) => [lineId, quantity]));
  const isWhole = [...standingIn(planOf(shipment).lines).values()].every(({ lineId, quantity }) => quantity <= (taken.get(lineId) ?? 0));
  return isWhole ? undefined : lines;
};

interface Acceptance {
  readonly lines: readonly LineQuantity[] | undefined;
  readonly shipsAt: string | undefined;
}

/** More units than it took before, or all of them for the first time. */
const isMore = ({ acceptedAt, acceptedLines = [] }: WithPartner, { lines }: Acceptance): boolean => {
  if (acceptedAt !== undefined) return false;
  const units = new Map(acceptedLines.map(({ lineId, quantity }) => [lineId, quantity]));
  return !lines || lines.some(({ lineId, quantity }) => quantity > (units.get(lineId) ?? 0));
};

const isAnotherDate = (shipment: Shipment, { shipsAt }: Acceptance): boolean =>
  shipsAt !== undefined && shipsAt !== shipment.withPartner?.shipsAt && !isGone(shipment);

export const accepted = ({ shipment, heard: { partner, now }, notice: { lines: told, shipsAt } }: Heard<'accepted'>): Events => {
  if (shipment.status === 'cancelled') return [];
  const acceptance = { lines: acceptedPart(shipment, told), shipsAt };
  if (!isMore(shipment.withPartner ?? {}, acceptance) && !isAnotherDate(shipment, acceptance)) return [];
  const said = { ...(acceptance.lines ? { lines: acceptance.lines } : {}), ...(shipsAt === undefined ? {} : { shipsAt }) };
  return [{ type: 'ShipmentAccepted', data: { ...refOf(planOf(shipment)), partner, ...said, acceptedAt: now } }];
};
