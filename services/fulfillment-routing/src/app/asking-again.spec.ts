import { memoryDeadlines, Refused } from '@cartage/eventsourcing';
import { brokerOrder, evidence, id, location, told } from '../domain/brokering.fixture';
import { askAgainLater, onCapacityDue } from './asking-again';

const now = (): Date => new Date('2026-11-24T00:00:00.000Z');
const meta = { commandId: 'due', correlationId: 'c', actor: 'deadline' };
const tomorrow = { day: '2026-11-24', load: 0, beginsAt: now().toISOString() };
const full = location('A', [9, 9], { capacity: 1, load: 1, later: [tomorrow] });
const waits = { events: told(brokerOrder(evidence(10, [full]))) };
const dueOf = (queue: ReturnType<typeof memoryDeadlines>, at: string) =>
  queue.take({ now: new Date(at), until: new Date('2027-01-01T00:00:00.000Z'), limit: 9 });

it('asks again when the day of a full location begins, once, and then every hour while there is no place', async () => {
  const deadlines = memoryDeadlines();
  await askAgainLater({ deadlines, now }, waits);
  await askAgainLater({ deadlines, now }, waits);
  const due = await dueOf(deadlines, '2026-11-24T00:00:00.000Z');
  expect(due).toHaveLength(1);
  const asked: string[] = [];
  const onDue = onCapacityDue({ deadlines, now }, async (orderId) => {
    asked.push(orderId);
    throw new Refused('STILL_UNFILLABLE', 'None.');
  });
  for (const { tries: _, ...deadline } of due) await onDue(deadline, meta);
  await deadlines.settle(due.map((one) => one.id));
  expect(asked).toEqual([id(1)]);
  expect(await dueOf(deadlines, '2026-11-24T00:59:00.000Z')).toEqual([]);
  expect(await dueOf(deadlines, '2026-11-24T01:00:00.000Z')).toMatchObject([{ data: { orderId: id(1) } }]);
});

it('stops asking once the order is closed, and is told again after a fault', async () => {
  const deadlines = memoryDeadlines();
  const deadline = { id: 'd', stream: 's', name: 'CapacityBack', dueAt: now().toISOString(), data: { orderId: id(1) } };
  await onCapacityDue({ deadlines, now }, async () => {
    throw new Refused('BROKERING_CLOSED', 'Cancelled.');
  })(deadline, meta);
  expect(await deadlines.nextAt()).toBeUndefined();
  const away = onCapacityDue({ deadlines, now }, async () => {
    throw new Error('away');
  });
  await expect(away(deadline, meta)).rejects.toThrow('away');
});
