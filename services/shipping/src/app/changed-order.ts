import type { KnownOrder, OrderChange } from './registers';

const replaced = <Part>(
  before: readonly Part[],
  key: (part: Part) => string,
  change: { readonly of: string; readonly after: Part | undefined },
) => [...before.filter((part) => key(part) !== change.of), ...(change.after === undefined ? [] : [change.after])];

/** An edit tells all of a ship group but who gets it; another destination tells only that. */
type GroupChange = NonNullable<NonNullable<OrderChange['shipGroups']>[number]['after']>;

const groupAfter = (before: KnownOrder['shipGroups'][number] | undefined, after: GroupChange, shipGroupId: string) => {
  if (!('method' in after)) return { method: 'ship', ...before, ...after, shipGroupId };
  return { ...(before?.personal ? { personal: before.personal } : {}), method: 'ship', ...after, shipGroupId };
};

const instructionsAfter = ({ instructions: before }: KnownOrder, after: string | null | undefined): Pick<KnownOrder, 'instructions'> => {
  const now = after === undefined ? before : (after ?? undefined);
  return now === undefined ? {} : { instructions: now };
};

const changedBy = (order: KnownOrder, { lines = [], shipGroups = [], instructions }: OrderChange): KnownOrder => {
  const { instructions: _, ...rest } = order;
  return {
    ...rest,
    ...instructionsAfter(order, instructions),
    lines: lines.reduce((all, { lineId, after }) => replaced(all, (line) => line.lineId, { of: lineId, after }), order.lines),
    shipGroups: shipGroups.reduce((all, { shipGroupId, after }) => {
      const before = all.find((group) => group.shipGroupId === shipGroupId);
      const group = after && groupAfter(before, after, shipGroupId);
      return replaced(all, (one) => one.shipGroupId, { of: shipGroupId, after: group });
    }, order.shipGroups),
  };
};

/** An order as it is after these changes, in whatever order, and however often, they were told. */
export const changedOrder = (placed: KnownOrder, changes: readonly OrderChange[]): KnownOrder =>
  changes.toSorted((a, b) => a.sequence - b.sequence).reduce(changedBy, placed);
