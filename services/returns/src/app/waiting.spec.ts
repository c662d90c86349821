import { handling, memoryStore, type Deadline } from '@cartage/eventsourcing';
import type { ReturnEvent } from '../domain/events';
import { returns as decider, returnStream } from '../domain/return';
import { authorized, expiresAt, onReturn, orderId, request } from '../domain/return.fixture';
import { waitingForGoods } from './waiting';

const setUp = async () => {
  const store = memoryStore();
  let ids = 0;
  const newId = (): string => `id-${(ids += 1)}`;
  const meta = () => ({ commandId: newId(), correlationId: 'c', actor: 'spec' });
  const send = handling({ store, newId }, decider);
  await send(returnStream(orderId), request(2), meta());
  const set: Deadline[] = [];
  const deadlines = { set: async (deadline: Deadline) => void set.push(deadline) };
  const overdue: unknown[] = [];
  const claims = { noticeOverdue: async (waited: unknown) => void overdue.push(waited) };
  const waiting = waitingForGoods({ deadlines, store, send, newId, now: () => new Date(expiresAt), claims });
  await waiting.authorized((authorized(2) as Extract<ReturnEvent, { type: 'ReturnAuthorized' }>).data);
  const typesOf = async () => (await store.readMany([returnStream(orderId)]))[0]?.events.map(({ type }) => type).slice(2);
  return { set, waiting, typesOf, meta, overdue };
};

describe('goods that were allowed to come', () => {
  it('are waited for until their day is over, and their customer is reminded before', async () => {
    const { set, waiting, typesOf, meta } = await setUp();
    expect(set.map(({ name, dueAt, data }) => [name, dueAt, data])).toEqual([
      ['ReturnExpiry', expiresAt, { ...onReturn, expiresAt }],
      ['ReturnReminder', '2026-12-16T23:59:59.999Z', { ...onReturn, expiresAt }],
    ]);
    const [expiry, reminder] = set;
    if (!expiry || !reminder) throw new Error('There are no deadlines.');
    for (const deadline of [reminder, reminder, expiry, expiry, reminder]) await waiting.onDue(deadline, meta());
    expect(await typesOf()).toEqual(['ReturnExpiring', 'ReturnExpired']);
  });

  it('and claims, too, until they are to be decided', async () => {
    const { set, waiting, meta, overdue } = await setUp();
    const claim = { orderId, claimId: 'c', decideBy: expiresAt };
    await waiting.claimed({ ...claim, lines: [], photos: [], openedAt: expiresAt });
    const deadline = set.at(-1);
    expect(deadline).toMatchObject({ name: 'ClaimDecision', dueAt: expiresAt, data: claim });
    if (deadline) await waiting.onDue(deadline, meta());
    expect(overdue).toEqual([claim]);
  });

  it('are waited for no more once the return is unknown, and other deadlines are none of theirs', async () => {
    const { set, waiting, typesOf, meta } = await setUp();
    const [expiry] = set;
    if (!expiry) throw new Error('There are no deadlines.');
    await waiting.onDue({ ...expiry, name: 'Another' }, meta());
    await waiting.onDue({ ...expiry, data: { ...onReturn, expiresAt, returnId: 'another' } }, meta());
    expect(await typesOf()).toEqual([]);
  });
});
