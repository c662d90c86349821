import { bell, memoryDeadlines, Refused } from '@cartage/eventsourcing';
import { cancel, changeTo, hold, holdOf, ref } from '../../domain/shipment.fixture';
import { allocated, placed, setUp } from '../../edge/shipping.fixture';
import { memoryMessages } from './memory-messages.fixture';
import { tellingLabels, tellingPartners } from './messages-due';
import { answerDue, whenAnswerDue } from './partner-answers';
import { PartnerNotices, type NoticeContent, type NoticeTable, type ReceivedNotice, type ShapedNotice } from './partner-notices';
import { collect } from './partner-relay';
import { createShipments } from '../shipments';

const partner = 'north-3pl';
const { shipmentId, orderId } = ref;

/** A shipment that a partner fulfils, and what the partner is told of it. */
const prepared = ({ by }: { readonly by: string | undefined } = { by: partner }) => {
  const { log, labels, packing, customs, registers, now, meta, history } = setUp();
  const outbox = memoryMessages();
  const tellingNeeds = { log, plan: outbox.plan, messageIdOf: (...named: readonly string[]) => named.join('/'), now };
  const telling = tellingPartners(tellingNeeds);
  const needs = {
    log: telling,
    labels,
    packing,
    customs,
    partners: { at: async () => (by === undefined ? undefined : { partner: by, kind: '3pl' as const }) },
    dropship: async () => undefined,
    orders: registers.orders,
    shipmentIdOf: () => shipmentId,
    now,
  };
  const shipments = createShipments(needs);
  const plan = async () => {
    await shipments.learn(placed);
    await shipments.plan(allocated, meta('plan'));
  };
  return { log: telling, orders: registers.orders, labels, outbox, meta, now, history, plan, tellLabel: tellingLabels(tellingNeeds) };
};
const planned = async (...by: Parameters<typeof prepared>) => {
  const all = prepared(...by);
  await all.plan();
  return all;
};
const kindsOf = (outbox: ReturnType<typeof memoryMessages>): readonly string[] => outbox.planned.map(({ content }) => content.kind);

describe('what a partner is told of a shipment', () => {
  it('is its request, once, however often its plan is heard; of what we fulfil ourselves nobody is told', async () => {
    const { outbox, plan } = await planned();
    await plan();
    expect(outbox.planned).toMatchObject([{ partner, shipmentId, content: { kind: 'request' } }]);
    const ours = await planned({ by: undefined });
    await ours.log.send(shipmentId, holdOf('h1'), ours.meta());
    expect(ours.outbox.planned).toEqual([]);
  });

  it('is what changes before it goes out: a hold, its release, another address, a cancellation', async () => {
    const { log, outbox, meta } = await planned();
    await log.send(shipmentId, holdOf('h1'), meta('hold'));
    await log.send(shipmentId, { type: 'ReleaseShipment', data: { shipmentId, holdId: 'h1', now: '2026-11-23T13:00:00.000Z' } }, meta());
    await log.send(shipmentId, changeTo('2026-11-23T12:30:00.000Z'), meta());
    await log.send(shipmentId, { type: 'ReplaceInstructions', data: { instructions: 'Ring twice.', lines: [] } }, meta());
    for (const id of ['cancel', 'again']) await log.send(shipmentId, cancel, meta(id));
    await log.send(shipmentId, holdOf('h1'), meta('hold'));
    expect(kindsOf(outbox)).toEqual(['request', 'hold', 'release', 'change', 'change', 'cancel']);
    expect(outbox.planned[1]?.content).toEqual({ kind: 'hold', holdId: 'h1', reason: hold('h1').reason });
  });
});

describe('a label of ours', () => {
  const parcels = [{ weightGrams: 900, lines: allocated.lines.map(({ lineId, quantity }) => ({ lineId, quantity })) }];
  const bought = async ({ by }: { readonly by: string | undefined }) => {
    const { log, labels, meta, outbox, history, tellLabel } = await planned({ by });
    const notice = { kind: 'packed', parcels, label: 'ours' } as const;
    const data = { partner, notice, labelId: 'l', trackingToken: 't', now: '2026-11-23T13:00:00.000Z' };
    if (by !== undefined) await log.send(shipmentId, { type: 'HearPartner', data }, meta());
    else await log.send(shipmentId, { type: 'PackShipment', data: { parcels, now: data.now } }, meta());
    // Past what plans messages: as if whoever bought it had died behind the append.
    await labels.buy(shipmentId, meta());
    const [{ data: label } = { data: undefined }] = (await history()).filter(({ type }) => type === 'LabelPurchased');
    return { outbox, tellLabel, label: label as Parameters<typeof tellLabel>[0] };
  };

  it('is told by the fact that it was bought, once, also when whoever bought it died before it was planned', async () => {
    const { outbox, tellLabel, label } = await bought({ by: partner });
    for (const _ of [1, 2]) await tellLabel(label);
    expect(kindsOf(outbox)).toEqual(['request', 'label']);
    expect(outbox.planned[1]).toMatchObject({ partner, shipmentId, content: { kind: 'label', labelId: label.labelId } });
  });

  it('is told to nobody of what we fulfil ourselves, nor one that is its own', async () => {
    const ours = await bought({ by: undefined });
    await ours.tellLabel(ours.label);
    expect(ours.outbox.planned).toEqual([]);
    const { outbox, tellLabel } = await planned();
    await tellLabel({ shipmentId, labelId: 'theirs' });
    expect(kindsOf(outbox)).toEqual(['request']);
  });
});

describe('an answer that does not come', () => {
  const HOUR_MS = 3_600_000;
  const due = (kind: 'request' | 'cancel', attempt: number, now: Date) =>
    answerDue({ partner, shipmentId, messageId: 'm1', content: { kind } as never }, { attempt, now, ms: HOUR_MS });

  it('is asked for by our reference, with longer pauses, and listed; what was answered is not', async () => {
    const { log, outbox, now, meta } = await planned();
    const deadlines = memoryDeadlines();
    const news = bell();
    const needs = { log, outbox, deadlines, idFor: (...named: readonly string[]) => named.join('/'), ring: () => news.ring() };
    const onDue = whenAnswerDue({ ...needs, answerMs: HOUR_MS, now });
    await onDue(due('request', 1, now()));
    expect([outbox.overdueIds, kindsOf(outbox), news.rings()]).toEqual([['m1'], ['request', 'status'], 1]);
    expect((await deadlines.nextAt())?.getTime()).toBe(now().getTime() + 2 * HOUR_MS);
    await onDue(due('request', 6, now()));
    expect(kindsOf(outbox)).toEqual(['request', 'status']);
    await onDue(due('cancel', 1, now()));
    expect(outbox.overdueIds).toEqual(['m1', 'm1']);
    const notice = { kind: 'accepted' } as const;
    await log.send(shipmentId, { type: 'HearPartner', data: { partner, notice, labelId: 'l', trackingToken: 't', now: '' } }, meta());
    await onDue(due('request', 2, now()));
    expect(outbox.overdueIds).toHaveLength(2);
  });
});

describe('what a partner leaves for us', () => {
  const sealed = { secrets: [{}], adapter: 'any' } as never;
  const collected = async (adapter: object): Promise<number> => {
    let opened = 0;
    const vault = { open: async () => void (opened += 1) };
    const partners = { find: async () => sealed };
    await collect({ partners, vault, adapters: new Map([['any', () => adapter]]) } as never, partner);
    return opened;
  };

  it('is looked for where it leaves anything; the secrets of who posts to us stay sealed', async () => {
    expect(await collected({ left: async () => [] })).toBe(1);
    expect(await collected({})).toBe(0);
  });
});

describe('what a partner says', () => {
  const noticesOn = () => {
    const { log, labels, outbox, now, meta, plan, orders } = prepared();
    const kept = new Map<string, { readonly notice: ReceivedNotice; readonly content: NoticeContent }>();
    const beforeKept: (() => Promise<void>)[] = [];
    const table: NoticeTable = {
      find: async (_, noticeId) => kept.get(noticeId),
      keep: async (row) => {
        await beforeKept.shift()?.();
        kept.set(row.notice.noticeId, row);
      },
      parked: async () => [...kept.values()].filter(({ notice }) => notice.status === 'parked'),
      list: async () => [],
    };
    const partners = { find: async (name: string) => (name === partner ? ({} as never) : undefined) };
    const state = async () => undefined;
    const idFor = (...named: readonly string[]) => named.join('/');
    const notices = new PartnerNotices({ partners, orders, table, outbox, log, labels, state, idFor, newToken: () => 't', now });
    return { meta, notices, beforeKept, plan };
  };
  const noticesOfPlanned = async () => {
    const all = noticesOn();
    await all.plan();
    return all;
  };
  const accepted: ShapedNotice = { kind: 'accepted', reference: shipmentId, notice: { kind: 'accepted' } };

  it('is taken once by its id, and of nobody whom we do not know', async () => {
    const { notices, meta } = await noticesOfPlanned();
    expect(await notices.take({ partner, noticeId: 'n1' }, accepted, meta())).toMatchObject({ status: 'taken', tries: 1 });
    expect(await notices.take({ partner, noticeId: 'n1' }, accepted, meta())).toMatchObject({ status: 'taken', tries: 1 });
    await expect(notices.take({ partner: 'other', noticeId: 'n1' + orderId }, accepted, meta())).rejects.toThrow(Refused);
  });

  it('waits for its shipment, and is taken when it is planned, also while it is being parked', async () => {
    const { notices, beforeKept, plan, meta } = noticesOn();
    const named = { partner, noticeId: 'n1' };
    expect(await notices.take(named, accepted, meta())).toMatchObject({ status: 'parked', tries: 1 });
    beforeKept.push(plan);
    expect(await notices.take({ partner, noticeId: 'n2' }, accepted, meta())).toMatchObject({ status: 'taken', tries: 2 });
    await notices.planned(shipmentId, meta());
    expect(await notices.take(named, accepted, meta())).toMatchObject({ status: 'taken', tries: 2 });
  });

  it('is kept as refused where it cannot be, and dropped with a reason', async () => {
    const { notices, meta } = await noticesOfPlanned();
    const wrong: ShapedNotice = {
      kind: 'dispatched',
      reference: shipmentId,
      notice: { kind: 'dispatched', dispatchedAt: '2026-11-23T15:00:00.000Z' },
    };
    expect(await notices.take({ partner, noticeId: 'n2' }, wrong, meta())).toMatchObject({ status: 'refused', code: 'TRACKING_MISSING' });
    expect(await notices.drop({ partner, noticeId: 'n2' }, 'Theirs.', meta())).toMatchObject({ status: 'dropped' });
    expect(await notices.resubmit({ partner, noticeId: 'n2' }, undefined, meta())).toMatchObject({ status: 'dropped' });
    await expect(notices.drop({ partner, noticeId: 'n3' }, '', meta())).rejects.toMatchObject({ code: 'NOTICE_UNKNOWN' });
  });
});
