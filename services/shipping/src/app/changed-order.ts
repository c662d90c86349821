import type { KnownOrder, OrderChange } from './registers';

const replaced = <Part>(
  before: readonly Part[],
  key: (part: Part) => string,
  change: { readonly of: string; readonly after: Part | undefined },
) => [...before.filter((part) => key(part) !== change.of), ...(change.after === undefined ? [] : [change.after])];

const changedBy = (order: KnownOrder, { lines = [], shipGroups = [] }: OrderChange): KnownOrder => ({
  ...order,
  lines: lines.reduce((all, { lineId, after }) => replaced(all, (line) => line.lineId, { of: lineId, after }), order.lines),
  shipGroups: shipGroups.reduce((all, { shipGroupId, after }) => {
    const before = all.find((group) => group.shipGroupId === shipGroupId);
    const group = after && { method: 'ship', ...before, ...after, shipGroupId };
    return replaced(all, (one) => one.shipGroupId, { of: shipGroupId, after: group });
  }, order.shipGroups),
});

/** An order as it is after these changes, in whatever order, and however often, they were told. */
export const changedOrder = (placed: KnownOrder, changes: readonly OrderChange[]): KnownOrder =>
  changes.toSorted((a, b) => a.sequence - b.sequence).reduce(changedBy, placed);
