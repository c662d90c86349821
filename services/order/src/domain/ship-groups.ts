import type { OrderLine, Personal, ShipGroup } from '@cartage/contracts';
import { placeOf, type Place } from './destination';
import { sameValue } from './differences';
import { kinds, type Faults } from './faults';
import { onlyShipGroup } from './named-group';
import { longest, type Placement, type PlacementGroup, type PlacementRecipient, type PlacementShipping } from './placement';
import { present } from './present';
import { taxLinesOf } from './pricing';

/** Ship groups as they are sold; who receives them is not sealed yet. */
export interface DrawnGroups {
  readonly shipGroups: readonly ShipGroup[];
  /** Of groups that go to somebody, or somewhere, of their own. */
  readonly recipients: ReadonlyMap<string, Personal>;
  /** Who bought it, and where the order goes. */
  readonly personal: Personal;
}

/** A promise to a customer lies ahead, but not for ever. */
export const promisedDays = 1_000;

/** What somebody here brings about: what a channel sells beyond it is refused, and does not wait for nobody. */
const methods = ['ship', 'pickup', 'ship-to-store', 'carry-out', 'digital'] as const;
const fetched: ReadonlySet<string> = new Set(['pickup', 'ship-to-store', 'carry-out']);
/** Goods of these go to a destination. */
export const sentMethods: ReadonlySet<string> = new Set(['ship', 'ship-to-store']);

type Delivery = Pick<ShipGroup, 'service' | 'shipBy' | 'deliverBy' | 'charge' | 'taxLines'>;

/** How a ship group is delivered, and what that costs. */
const deliveryOf = (faults: Faults, shipping: PlacementShipping | null | undefined, at: string): Delivery => ({
  ...present({
    service: faults.optionalText(kinds.service, shipping?.service, `${at}.service`),
    shipBy: faults.time(shipping?.shipBy, `${at}.shipBy`, promisedDays),
    deliverBy: faults.time(shipping?.deliverBy, `${at}.deliverBy`, promisedDays),
  }),
  charge: faults.amount(shipping?.amount, `${at}.amount`),
  taxLines: taxLinesOf(faults, shipping ?? {}, at),
});

/** Whoever it is, without where that is. */
export const recipientOf = (faults: Faults, { name, email, phone }: PlacementRecipient, at: string): Omit<Personal, 'address'> => ({
  name: faults.text(kinds.name, name, `${at}.name`),
  ...present({
    email: faults.optionalText(kinds.email, email, `${at}.email`),
    phone: faults.optionalText(kinds.phone, phone, `${at}.phone`),
  }),
});

const methodOf = (faults: Faults, { method }: PlacementGroup, at: string): string => {
  const told = method ?? 'ship';
  if (!methods.some((each) => each === told)) faults.note(`${at}.method`, 'METHOD_UNKNOWN', `must be one of ${methods.join(', ')}`);
  return told;
};

/** Where the customer fetches it, of methods by which customers do. */
const pickupOf = (faults: Faults, { pickupLocation }: PlacementGroup, { at, method }: { at: string; method: string }) => {
  const field = `${at}.pickupLocation`;
  const location = faults.optionalId(kinds.location, pickupLocation, field);
  if (location === undefined && fetched.has(method)) faults.note(field, 'REQUIRED', 'must say at which location the customer gets it');
  if (location !== undefined && method === 'ship')
    faults.note(field, 'NOT_FETCHED', 'must be left out, or the method be one by which the customer gets it at a location');
  return location;
};

/** A ship group, where it goes and who receives it. */
interface Drawn {
  readonly group: ShipGroup;
  readonly address?: Place['address'];
  readonly recipient?: Omit<Personal, 'address'>;
  readonly reference?: string;
}

const placeOfGroup = (
  faults: Faults,
  { shipTo }: PlacementGroup,
  { at, method, place }: { readonly at: string; readonly method: string; readonly place: Place | undefined },
): Place | undefined => {
  if (!sentMethods.has(method)) {
    if (shipTo) faults.note(`${at}.shipTo`, 'NOT_SENT', 'must be left out, or the method be ship or ship-to-store');
    return undefined;
  }
  if (shipTo) return placeOf(faults, shipTo, `${at}.shipTo`);
  if (!place) faults.note(`${at}.shipTo`, 'REQUIRED', 'must say where it goes');
  return place;
};

const referenceOf = (faults: Faults, { reference }: PlacementGroup, { at, method }: { at: string; method: string }) => {
  const field = `${at}.reference`;
  const told = faults.optionalId(kinds.reference, reference, field);
  if (told !== undefined && method !== 'digital') faults.note(field, 'NOT_DIGITAL', 'must be left out, or the method be digital');
  return told;
};

const drawnGroup = (
  faults: Faults,
  told: PlacementGroup,
  { at, place }: { readonly at: string; readonly place: Place | undefined },
): Drawn => {
  const method = methodOf(faults, told, at);
  const own = placeOfGroup(faults, told, { at, method, place });
  const pickupLocation = pickupOf(faults, told, { at, method });
  const instructions = faults.optionalText(kinds.instructions, told.instructions, `${at}.instructions`);
  return {
    group: {
      shipGroupId: faults.text(kinds.lineId, told.shipGroupId, `${at}.shipGroupId`),
      method,
      ...present({ destination: own?.destination, pickupLocation, instructions }),
      ...deliveryOf(faults, told.shipping, `${at}.shipping`),
    },
    ...present({ address: own?.address, reference: referenceOf(faults, told, { at, method }) }),
    ...(told.recipient ? { recipient: recipientOf(faults, told.recipient, `${at}.recipient`) } : {}),
  };
};

const requireDifferentGroups = (faults: Faults, groups: readonly Drawn[]): void => {
  const seen = new Set<string>();
  groups.forEach(({ group: { shipGroupId } }, i) => {
    if (seen.has(shipGroupId))
      faults.note(`shipGroups[${i}].shipGroupId`, 'SHIP_GROUP_ID_DUPLICATE', `is in the order already: ${shipGroupId}`);
    seen.add(shipGroupId);
  });
};

/** The groups that were told; or the one of an order that says once where it goes and what that costs. */
const toldGroups = (faults: Faults, { shipGroups, shipping }: Placement, place: Place | undefined): readonly Drawn[] => {
  if (!shipGroups) {
    if (!place) faults.note('shipTo', 'REQUIRED', 'must say where it goes');
    const group = { shipGroupId: onlyShipGroup, method: 'ship', ...present({ destination: place?.destination }) };
    return [{ group: { ...group, ...deliveryOf(faults, shipping, 'shipping') }, ...present({ address: place?.address }) }];
  }
  if (shipping) faults.note('shipping', 'TOLD_TWICE', 'must be told of each of `shipGroups`, where there are such');
  if (shipGroups.length === 0) faults.note('shipGroups', 'SHIP_GROUPS_MISSING', 'must be at least one, or be left out');
  if (shipGroups.length > longest.shipGroups) faults.note('shipGroups', 'TOO_MANY', `must be at most ${longest.shipGroups} ship groups`);
  const groups = shipGroups.map((told, i) => drawnGroup(faults, told, { at: `shipGroups[${i}]`, place }));
  requireDifferentGroups(faults, groups);
  return groups;
};

/** Only who, or what, is not as it is of the order has a box of its own. */
const recipientsOf = (groups: readonly Drawn[], personal: Personal): DrawnGroups['recipients'] => {
  const { address: _, ...customer } = personal;
  const recipients = groups.flatMap(({ group, address, recipient, reference }): readonly (readonly [string, Personal])[] =>
    address || recipient || reference !== undefined
      ? [[group.shipGroupId, { ...(recipient ?? customer), ...present({ address, reference }) }]]
      : [],
  );
  return new Map(recipients.filter(([, recipient]) => !sameValue(recipient, personal)));
};

/** Draws up where an order goes, in how many parts, and who receives each. */
export const drawnGroups = (faults: Faults, placement: Placement): DrawnGroups => {
  const { customer, shipTo } = placement;
  const place = shipTo ? placeOf(faults, shipTo) : undefined;
  const groups = toldGroups(faults, placement, place);
  // Of a customer of whom nothing else is told: where the first of the goods go.
  const [address] = [place, ...groups].flatMap((each) => each?.address ?? []);
  const personal = { ...recipientOf(faults, customer, 'customer'), ...present({ address }) };
  return { shipGroups: groups.map(({ group }) => group), recipients: recipientsOf(groups, personal), personal };
};

/** A ship group is there for its lines. */
export const requireLinesOfEach = (faults: Faults, shipGroups: readonly ShipGroup[], lines: readonly OrderLine[]): void => {
  const used = new Set(lines.map(({ shipGroupId }) => shipGroupId));
  shipGroups.forEach(({ shipGroupId }, i) => {
    if (!used.has(shipGroupId)) faults.note(`shipGroups[${i}]`, 'SHIP_GROUP_EMPTY', 'must be named by a line, or be left out');
  });
};
