import { canonicalJson, Refused, type Decider, type FieldError, type Named } from '@cartage/eventsourcing';
import { edgesOf, type Box } from './goods';

/** Kept by this service alone; stream `boxes-<location>`, or `boxes` for every location that has none of its own. */
export type BoxEvent = Named<'BoxesChanged', { readonly location?: string; readonly boxes: readonly Box[]; readonly changedAt: string }>;
/** These are all of them from now on. */
export type BoxCommand = Named<'ChangeBoxes', { readonly location?: string; readonly boxes: readonly Box[]; readonly now: string }>;

const fault = (field: string, message: string): FieldError => ({ field, code: 'BOX_INVALID', message });

const faultsIn = ({ inner, outer, tareGrams, maxGrams, code }: Box, i: number, boxes: readonly Box[]): readonly FieldError[] => [
  ...(boxes.findIndex((box) => box.code === code) < i ? [fault(`boxes[${i}].code`, `Box ${code} stands in the list already.`)] : []),
  ...(edgesOf(inner).some((edge, axis) => edge > (edgesOf(outer)[axis] ?? 0))
    ? [fault(`boxes[${i}].inner`, 'A box is no larger inside than outside: give both in the same order.')]
    : []),
  ...(tareGrams >= maxGrams ? [fault(`boxes[${i}].maxGrams`, `It weighs ${tareGrams} g empty, so it may weigh more than that full.`)] : []),
];

export const boxes: Decider<BoxCommand, readonly Box[], BoxEvent> = {
  initial: [],
  evolve: (_, { data }) => data.boxes,
  decide: ({ data: { now, ...said } }, before) => {
    const faults = said.boxes.flatMap(faultsIn);
    if (faults[0]) throw new Refused('BOX_INVALID', faults[0].message, 'invalid', faults);
    return canonicalJson(said.boxes) === canonicalJson(before) ? [] : [{ type: 'BoxesChanged', data: { ...said, changedAt: now } }];
  },
};
