import { memoryDeadlines, Refused } from '@cartage/eventsourcing';
import { brokerOrder, evidence, id, location, told } from '../domain/brokering.fixture';
import { onDueOf, setDeadlines, type WhenDue } from './deadlines';

const now = (): Date => new Date('2026-11-24T00:00:00.000Z');
const meta = { commandId: 'due', correlationId: 'c', actor: 'deadline' };
const tomorrow = { day: '2026-11-24', load: 0, beginsAt: now().toISOString() };
const full = location('A', [9, 9], { capacity: 1, load: 1, later: [tomorrow] });
const waits = told(brokerOrder(evidence(10, [full])));
const nothing = async (): Promise<void> => undefined;
const when = (brokerOnNewDay: WhenDue['CapacityBack']): WhenDue => ({
  CapacityBack: brokerOnNewDay,
  StockLeft: nothing,
  AcceptanceDue: nothing,
  PickupReminder: nothing,
  PickupExpiry: nothing,
});
const dueOf = (queue: ReturnType<typeof memoryDeadlines>, at: string) =>
  queue.take({ now: new Date(at), until: new Date('2027-01-01T00:00:00.000Z'), limit: 9 });

it('asks again when the day of a full location begins, once, and then every hour while there is no place', async () => {
  const deadlines = memoryDeadlines();
  await setDeadlines({ deadlines }, waits);
  await setDeadlines({ deadlines }, waits);
  const due = await dueOf(deadlines, '2026-11-24T00:00:00.000Z');
  expect(due).toHaveLength(1);
  const asked: string[] = [];
  const onDue = onDueOf(
    { deadlines, now },
    when(async ({ orderId }) => {
      asked.push(orderId);
      throw new Refused('STILL_UNFILLABLE', 'None.');
    }),
  );
  for (const { tries: _, ...deadline } of due) await onDue(deadline, meta);
  await deadlines.settle(due.map((one) => one.id));
  expect(asked).toEqual([id(1)]);
  expect(await dueOf(deadlines, '2026-11-24T00:59:00.000Z')).toEqual([]);
  expect(await dueOf(deadlines, '2026-11-24T01:00:00.000Z')).toMatchObject([{ data: { orderId: id(1) } }]);
});

it('stops asking once the order is closed, and is told again after a fault', async () => {
  const deadlines = memoryDeadlines();
  const deadline = { id: 'd', stream: 's', name: 'CapacityBack', dueAt: now().toISOString(), data: { orderId: id(1) } };
  await onDueOf(
    { deadlines, now },
    when(async () => {
      throw new Refused('BROKERING_CLOSED', 'Cancelled.');
    }),
  )(deadline, meta);
  expect(await deadlines.nextAt()).toBeUndefined();
  const away = onDueOf(
    { deadlines, now },
    when(async () => {
      throw new Error('away');
    }),
  );
  await expect(away(deadline, meta)).rejects.toThrow('away');
});

it('a location that is to accept what it is given has until then, and one that need not has no deadline', async () => {
  const deadlines = memoryDeadlines();
  const acceptance = [{ kind: 'store', withinMinutes: 90, otherwise: 'rebroker' as const }];
  const brokeredTo = (kind: string) => {
    const known = evidence(10, [location('A', [9, 9], { kind })]);
    return told(brokerOrder({ ...known, rules: { ...known.rules, acceptance } }));
  };
  await setDeadlines({ deadlines }, brokeredTo('warehouse'));
  expect(await deadlines.nextAt()).toBeUndefined();
  await setDeadlines({ deadlines }, brokeredTo('store'));
  const [due] = await dueOf(deadlines, '2026-11-23T11:30:00.000Z');
  expect(due).toMatchObject({ name: 'AcceptanceDue', dueAt: '2026-11-23T11:30:00.000Z', data: { orderId: id(1), fulfillmentId: id(11) } });
});
