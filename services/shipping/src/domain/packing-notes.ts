import type { Plan, PlannedLine } from './events';

/** What is said to whoever packs a shipment: of the order, of its ship group, and of its lines. */
export interface PackingNotes extends Pick<Plan, 'instructions' | 'groupInstructions'> {
  readonly lines: readonly Pick<PlannedLine, 'lineId' | 'instructions'>[];
}

interface Texts {
  readonly instructions?: string | undefined;
  readonly groupInstructions?: string | undefined;
}

const textsOf = ({ instructions, groupInstructions }: Texts): Omit<PackingNotes, 'lines'> => ({
  ...(instructions === undefined ? {} : { instructions }),
  ...(groupInstructions === undefined ? {} : { groupInstructions }),
});

export const notesOf = (plan: Plan): PackingNotes => ({
  ...textsOf(plan),
  lines: plan.lines.map(({ lineId, instructions }) => ({ lineId, ...textsOf({ instructions }) })),
});

/** The plan with these notes, and no others. */
export const withNotes = ({ instructions: _, groupInstructions: __, ...plan }: Plan, notes: PackingNotes): Plan => {
  const said = new Map(notes.lines.map(({ lineId, instructions }) => [lineId, instructions]));
  return {
    ...plan,
    ...textsOf(notes),
    lines: plan.lines.map(({ instructions: _before, ...line }) => ({ ...line, ...textsOf({ instructions: said.get(line.lineId) }) })),
  };
};
