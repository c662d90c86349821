import { bell, manualClock, Refused } from '@cartage/eventsourcing';
import type { Report } from '../../domain/reports/report';
import type { NewRun, RunTable } from './ports';
import { workOnce, type WorkingNeeds } from './working';

const never = new AbortController().signal;
const due = (name: string, timeZone: string): Report => ({
  ...{ name, revision: 1, sql: 'select 1', parameters: [], formats: ['csv'], columns: [], schedule: { cron: '0 6 * * *', timeZone } },
  ...{ changedAt: '2026-11-01T00:00:00.000Z', changedBy: 'ada', nextAt: '2026-11-23T06:00:00.000Z' },
});

/** Reports whose time has come, of which no clock knows those in `Nowhere/Gone`. */
const shelfOf = (reports: readonly Report[]) => {
  const planned: NewRun[] = [];
  const troubles: unknown[] = [];
  let claims = 0;
  const needs: Partial<WorkingNeeds> = {
    shelf: { due: async () => reports },
    runs: {
      planDue: async (run: NewRun) => void planned.push(run),
      claim: async () => {
        claims += 1;
        return undefined;
      },
    } as unknown as RunTable,
    nextTime: ({ timeZone }, after) => {
      if (timeZone === 'Nowhere/Gone') throw new Refused('SCHEDULE_INVALID', 'No clock shows it.', 'invalid');
      return after;
    },
    idFor: (...named) => named.join('/'),
    clock: manualClock('2026-11-23T07:00:00.000Z'),
    news: bell(),
    onTrouble: (error) => troubles.push(error),
  };
  return { work: () => workOnce(needs as WorkingNeeds, never), planned, troubles, claims: () => claims };
};

describe('reports whose time has come', () => {
  it('are planned, for that time', async () => {
    const { work, planned } = shelfOf([due('sales', 'UTC')]);
    expect(await work()).toBe(false);
    expect(planned).toMatchObject([
      { runId: 'scheduled-report/sales/2026-11-23T06:00:00.000Z', plannedFor: new Date('2026-11-23T06:00:00.000Z') },
    ]);
  });

  it('are planned beside one whose time cannot be reckoned any more, and what waits is run', async () => {
    const { work, planned, troubles, claims } = shelfOf([due('old', 'Nowhere/Gone'), due('sales', 'UTC')]);
    expect(await work()).toBe(false);
    expect([planned.map(({ report }) => report.name), troubles.length, claims()]).toEqual([['sales'], 1, 1]);
  });
});
