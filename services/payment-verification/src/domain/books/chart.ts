import { deciding, evolving, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';
import { usualChart, type AccountRole, type Chart } from './journal';

export const CHART = 'chart-of-accounts';

interface Assignment {
  readonly role: AccountRole;
  readonly code: string;
  readonly name: string;
  readonly by: string;
}

export type ChartEvent = Named<'AccountAssigned', Assignment & { readonly assignedAt: string }>;
export type ChartCommand = Named<'AssignAccount', Assignment & { readonly now: string }>;

const assign = ({ now, ...assignment }: DataOf<ChartCommand, 'AssignAccount'>, chart: Chart): readonly ChartEvent[] => {
  const { code, name } = chart[assignment.role];
  if (code === assignment.code && name === assignment.name) return [];
  return [{ type: 'AccountAssigned', data: { ...assignment, assignedAt: now } }];
};

/** Which account of the books each use is booked on. It holds for all entries, whenever they happened: an export says what it was made with. */
export const chartOfAccounts: Decider<ChartCommand, Chart, ChartEvent> = {
  initial: usualChart,
  evolve: evolving<Chart, ChartEvent>({ AccountAssigned: (chart, { role, code, name }) => ({ ...chart, [role]: { code, name } }) }),
  decide: deciding<ChartCommand, Chart, ChartEvent>({ AssignAccount: assign }),
};
