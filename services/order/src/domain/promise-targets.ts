import type { SoldShipGroup } from '@cartage/contracts';
import { datesOf, isHere, saleOf, type SaleChange } from './commitments';
import { isAfter, latest, type Occasion } from './occasion';
import { present } from './present';
import type { PromisePolicy } from './promising/policies';
import { speaksOf, type DeliveryPromise, type PromiseBasis, type PromiseBook, type PromiseSale } from './promising/promise-book';
import type { Commitment, PlacedOrder, PromisedDates } from './state';

/* What ship groups that were sold under a policy are to be promised now. */

const latestOf = (all: readonly PromisedDates[]): PromisedDates => {
  const [ship, deliver] = [all.flatMap(({ shipBy }) => shipBy ?? []), all.flatMap(({ deliverBy }) => deliverBy ?? [])];
  return present({ shipBy: ship.toSorted().at(-1), deliverBy: deliver.toSorted().at(-1) });
};

/** What is to be promised, and why. */
export interface Target {
  readonly dates: PromisedDates;
  readonly code: string;
  readonly detail: string;
  readonly basis?: PromiseBasis | undefined;
}

/** A ship group, and when goods that it waits for are expected: null where nobody knows; nothing where it waits for none. */
export interface Waiting {
  readonly group: SoldShipGroup;
  readonly goods: string | null | undefined;
}

/** As far as days depend on it. */
const placeOf = (destination: SoldShipGroup['destination']): string =>
  JSON.stringify([destination?.country, destination?.region, destination?.postalArea]);

const changeOf = ({ sale }: Commitment, { service, destination }: SoldShipGroup): SaleChange | undefined => {
  if (sale.service !== service) return 'service-changed';
  return placeOf(sale.destination) === placeOf(destination) ? undefined : 'destination-changed';
};

/** The policy as it was sold, as long as it speaks of the sale. */
const policyNow = (book: PromiseBook, { policy }: Commitment, sale: PromiseSale): PromisePolicy | undefined => {
  const sold = book.policyOf(policy);
  return sold && speaksOf(sold.terms, sale) ? sold : book.policyFor(sale);
};

/** A commitment as it is to be kept now. */
interface Standing {
  readonly group: SoldShipGroup;
  readonly commitment: Commitment;
  readonly change: SaleChange | undefined;
  readonly goods: string | undefined;
  readonly since: string;
  readonly promised: (at: string, location?: string) => DeliveryPromise | undefined;
}

/** Put off: how long it was held, or waits for goods; and the days of whoever ships it. */
const delaysOf = ({ commitment: { resumedAt, locations }, goods, since, promised }: Standing) => {
  const at = latest(since, resumedAt, goods);
  return {
    waited: at === since ? undefined : promised(at),
    shipped: [...locations].toSorted().flatMap((location) => promised(at, location) ?? []),
  };
};

const because = ({ change, goods, commitment, group }: Standing, isByLocation: boolean): Pick<Target, 'code' | 'detail'> => {
  if (change === 'service-changed') return { code: change, detail: `It goes by ${group.service ?? 'another service'}.` };
  if (change) return { code: change, detail: 'It goes elsewhere.' };
  if (goods !== undefined) return { code: 'backorder', detail: `The goods are expected ${goods}.` };
  if (isByLocation) return { code: 'location', detail: `It ships from ${[...commitment.locations].toSorted().join(', ')}.` };
  return { code: 'hold', detail: `It goes on since ${commitment.resumedAt ?? 'then'}.` };
};

const isLater = (one: PromisedDates, other: PromisedDates | undefined): boolean => isAfter(one.deliverBy, other?.deliverBy ?? '1970-01-01');

/**
 * What is delayed is promised no sooner again, unless the goods that it waits for come sooner; what is sold otherwise is promised anew. A function of what is
 * known, not of what was heard last.
 */
const kept = (standing: Standing): Target | undefined => {
  const { commitment, change, goods, group, since, promised } = standing;
  const sold = change ? promised(since) : { ...commitment.sold, basis: { policy: commitment.policy } };
  if (!sold) return change && { dates: {}, code: change, detail: 'Nothing is promised for what is sold so.' };
  const { waited, shipped } = delaysOf(standing);
  const delays = [...(waited ? [waited] : []), ...shipped];
  const decisive = delays.reduce<PromisedDates & Pick<Target, 'basis'>>((last, each) => (isLater(each, last) ? each : last), sold);
  const dates = latestOf([sold, ...delays, ...(change || goods !== undefined ? [] : [group])]);
  return {
    dates,
    ...because(
      standing,
      shipped.some((each) => each === decisive),
    ),
    basis: decisive.basis,
  };
};

/** Nothing was promised any more because nobody knew when the goods would come, and now it is not the goods that it waits for. */
const restored = (standing: Standing, now: string): Target | undefined => {
  const promise = standing.promised(latest(now, standing.commitment.resumedAt));
  return promise && { dates: datesOf(promise), code: 'backorder', detail: 'The goods are there.', basis: promise.basis };
};

const isWithdrawn = ({ group, commitment, change, goods }: Standing): boolean =>
  !change && goods === undefined && Object.keys(datesOf(group)).length === 0 && Object.keys(commitment.sold).length > 0;

const isUndisturbed = ({ change, goods, commitment: { resumedAt, locations } }: Standing): boolean =>
  !change && goods === undefined && resumedAt === undefined && locations.size === 0;

/** From when it is sold as it is. */
const sinceOf = ({ editedAt, placed }: PlacedOrder, change: SaleChange | undefined): string =>
  change === 'service-changed' && editedAt !== undefined ? editedAt : placed.placedAt;

interface Known extends Pick<Standing, 'group' | 'commitment' | 'goods'> {
  readonly book: PromiseBook;
}

const standingOf = (order: PlacedOrder, { group, commitment, goods, book }: Known): Standing => {
  const change = changeOf(commitment, group);
  const sale = { channel: order.placed.channel, ...saleOf(group) };
  const policy = policyNow(book, commitment, sale);
  const transit = change ? undefined : commitment.transit;
  const promised: Standing['promised'] = (at, location) => policy && book.promise(policy, sale, { at, location, transit });
  return { group, commitment, change, goods, since: sinceOf(order, change), promised };
};

const hasLeft = (order: PlacedOrder, group: SoldShipGroup): boolean =>
  !order.sold.lines.some(({ shipGroupId, lineId }) => shipGroupId === group.shipGroupId && isHere(order, lineId));

/** What a ship group is to be promised under its policy now; nothing: as it is. What has left is promised no anew. */
export const committed = (order: PlacedOrder, { group, goods }: Waiting, { promises: book, now }: Occasion): Target | undefined => {
  const commitment = order.commitments.get(group.shipGroupId);
  if (!commitment || hasLeft(order, group)) return undefined;
  if (goods === null) return { dates: {}, code: 'backorder', detail: 'Nobody knows when the goods come.' };
  const standing = standingOf(order, { group, commitment, goods, book });
  if (isWithdrawn(standing)) return restored(standing, now);
  return isUndisturbed(standing) ? undefined : kept(standing);
};

/** The zone whose days a place counts by, as far as the policy tells. */
export const zoneOfPolicy = (order: PlacedOrder, { shipGroupId }: SoldShipGroup, { promises: book }: Occasion): string | undefined => {
  const commitment = order.commitments.get(shipGroupId);
  return commitment && book.policyOf(commitment.policy)?.terms.timeZone;
};
