import type { Calls } from './calls.fixture';

/** Who works on what in the queues of the console. */
export const consoleCalls = async ({ get, put, post, ask, itemsOf }: Calls, key: string): Promise<void> => {
  await get('/console/terms');
  const item = `/console/work/holds/${key}`;
  expect(await get(item)).toMatchObject({ version: 0, assignee: null, mine: false });
  const since = '2020-01-01T00:00:00Z';
  expect(await put(`${item}/assignee`, { since })).toMatchObject({ version: 1, mine: true });
  expect(await put(`${item}/assignee`, { assignee: 'anna' })).toMatchObject({ version: 2, assignee: 'anna', mine: false });
  const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
  expect(await put(`${item}/snooze`, { until: inDays(31), reason: 'Far off.' })).toMatchObject({ code: 'SNOOZE_TOO_LONG' });
  expect(await put(`${item}/snooze`, { until: inDays(1), reason: 'The bank answers.' })).toMatchObject({
    snoozeReason: 'The bank answers.',
  });
  expect(await itemsOf('/console/work?queue=holds&snoozed=true&assignee=anna')).toMatchObject([{ key }]);
  expect(await itemsOf('/console/work?mine=true')).toEqual([]);
  expect(await post(`${item}/notes`, { text: 'Called; nobody there.' })).toMatchObject({ notes: 1 });
  expect(await ask('DELETE', `${item}/snooze`)).toMatchObject({ snoozedUntil: null });
  expect(await ask('DELETE', `${item}/assignee`)).toMatchObject({ assignee: null });
  expect(await itemsOf(`${item}/history?limit=2`)).toMatchObject([{ kind: 'WorkLetGo' }, { kind: 'WorkWoken' }]);
  expect(await put(`${item}/assignee`, { assignee: 'anna' })).toMatchObject({ assignee: 'anna' });
  expect(await post(`${item}/resolutions`, { what: 'queues.deed.release', reason: 'The bank has answered.' })).toMatchObject({
    assignee: null,
  });
};
