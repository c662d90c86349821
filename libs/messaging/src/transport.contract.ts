import { randomUUID } from 'node:crypto';
import type { Envelope } from '@cartage/contracts';
import type { EventStore, Meta } from '@cartage/eventsourcing';
import { eventually } from '@cartage/testkit';
import type { DeadLetterDesk } from './dead-letter';
import { append, numbersTo, publication, subjectsOf, type Counted } from './fixture';
import type { Listener } from './listener';
import { troubleContract } from './trouble.contract';
import type { RetryPolicy, Transport } from './transport';

export interface TransportUnderTest {
  /** What is appended here is published. */
  readonly store: EventStore;
  /** A transport as a freshly started process has it. The suite closes it. */
  open(retry: RetryPolicy): Transport;
  /** Where these transports keep what they cannot deliver. */
  readonly desk: DeadLetterDesk;
}

export const quick: RetryPolicy = { attempts: 4, firstPauseMs: 5, longestPauseMs: 20, earlyMs: 300 };

type Handle = (envelope: Envelope<Counted>, meta: Meta) => Promise<unknown> | unknown;

/** A listener that writes down what it has taken of these subjects, after `handle` has agreed. */
export const listening = (subjects: readonly string[], handle: Handle = () => undefined, group = `suite.${randomUUID()}`) => {
  const ours = new Set(subjects);
  const taken = new Map<string, number[]>(subjects.map((subject) => [subject, []]));
  const listener: Listener<Counted> = {
    group,
    topic: publication.topic,
    on: {
      OrderCompleted: async (data, meta, envelope) => {
        if (!ours.has(envelope.subject)) return;
        await handle(envelope, meta);
        taken.get(envelope.subject)?.push(data.n);
      },
    },
  };
  return { listener, taken, of: (subject: string | undefined): readonly number[] => taken.get(subject ?? '') ?? [] };
};

export const all = (subjects: readonly string[], count: number): Map<string, readonly number[]> =>
  new Map(subjects.map((subject) => [subject, numbersTo(count)]));

/** The messaging port's promises, run by every transport. */
export const transportContract = (name: string, underTest: () => TransportUnderTest): void => {
  describe(`${name}: the messaging port`, () => {
    const opened: Transport[] = [];
    const open = (retry = quick): Transport => {
      const transport = underTest().open(retry);
      opened.push(transport);
      return transport;
    };
    const say = (subjects: readonly string[], count: number): Promise<void> => append(underTest().store, subjects, count);
    afterEach(() => Promise.all(opened.splice(0).map((transport) => transport.close())));

    it('brings every event once, each subject in its order', async () => {
      const subjects = subjectsOf(40);
      const { listener, taken } = listening(subjects);
      await say(subjects, 3);
      await open().listen(listener);
      await say(subjects, 5);
      await eventually(() => expect(taken).toEqual(all(subjects, 8)));
    });

    it('goes on after a restart where it stopped, without a gap and without a repeat', async () => {
      const subjects = subjectsOf(5);
      const before = listening(subjects);
      const first = open();
      await first.listen(before.listener);
      await say(subjects, 4);
      await eventually(() => expect(before.taken).toEqual(all(subjects, 4)));
      await first.close();
      await say(subjects, 2);
      const after = listening(subjects, undefined, before.listener.group);
      await open().listen(after.listener);
      await eventually(() => expect(after.taken).toEqual(new Map(subjects.map((subject) => [subject, [5, 6]]))));
    });

    it('brings everything to every group, also to one that comes late', async () => {
      const subjects = subjectsOf(3);
      const [one, two, late] = [listening(subjects), listening(subjects), listening(subjects)];
      const transport = open();
      await Promise.all([transport.listen(one.listener), transport.listen(two.listener)]);
      await say(subjects, 5);
      await eventually(() => expect([one.taken, two.taken]).toEqual([all(subjects, 5), all(subjects, 5)]));
      await transport.listen(late.listener);
      await say(subjects, 1);
      await eventually(() => expect([one.taken, two.taken, late.taken]).toEqual([all(subjects, 6), all(subjects, 6), all(subjects, 6)]));
    });

    it('keeps the whole envelope, and makes the command’s meta of it', async () => {
      const [subject = ''] = subjectsOf(1);
      const seen: [Envelope<Counted>, Meta][] = [];
      const { listener } = listening([subject], (envelope, meta) => seen.push([envelope, meta]));
      await say([subject], 1);
      await open().listen(listener);
      await eventually(() => expect(seen).toHaveLength(1));
      const [stream] = await underTest().store.readMany([`order-${subject}`]);
      const stored = stream?.events[0];
      const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      const envelope = {
        id: stored?.id,
        type: 'OrderCompleted',
        version: 1,
        topic: 'order.events',
        source: '/cartage/order',
        subject,
        key: subject,
        time: stored?.recordedAt,
        sequence: 1,
        correlationId: 'correlation-1',
        causationId: 'cause-1',
        traceparent,
        replay: false,
        data: { n: 1 },
      };
      const meta = { commandId: envelope.id, causationId: envelope.id, correlationId: 'correlation-1', actor: listener.group, traceparent };
      expect(seen).toEqual([[envelope, meta]]);
    });

    it('keeps the order of everything that belongs to one order, whatever its subject', async () => {
      const subjects = subjectsOf(8);
      const [orderId = ''] = subjectsOf(1);
      const order: number[] = [];
      const expected: number[] = [];
      const scene = listening(subjects, async ({ subject, key }) => {
        expect(key).toBe(orderId);
        // The later the subject the sooner it is done, so that whatever ran side by side would end in another order.
        await new Promise((resolve) => setTimeout(resolve, 8 - subjects.indexOf(subject)));
        order.push(subjects.indexOf(subject));
      });
      await open().listen(scene.listener);
      for (const [i, subject] of subjects.entries()) {
        await append(underTest().store, [subject], 1, { orderId });
        expected.push(i);
      }
      await eventually(() => expect(order).toEqual(expected));
    });

    it('ends what is in hand when it stops, and brings the rest after the restart', async () => {
      const subjects = subjectsOf(2);
      const [failing = '', running = ''] = subjects;
      const inHand = gate();
      const before = listening(subjects, async ({ subject }) => {
        if (subject === failing) throw new Error('The disk is full.');
        inHand.entered();
        await inHand.opened;
      });
      // So slow that the test is over before the second try.
      const first = open({ ...quick, firstPauseMs: 60_000, longestPauseMs: 60_000 });
      await first.listen(before.listener);
      await say(subjects, 2);
      await inHand.reached;
      const stopped = first.close();
      inHand.open();
      await stopped;
      expect(before.taken).toEqual(new Map([[failing, []], [running, [1]]])); // prettier-ignore
      const after = listening(subjects, undefined, before.listener.group);
      await open().listen(after.listener);
      // At least once: the first event of `running` stands behind the failing one, and may come again.
      await eventually(() => expect([after.of(failing), after.of(running).at(-1)]).toEqual([[1, 2], 2]));
    });

    it('takes many subjects at the same time, so that they can share round trips', async () => {
      const subjects = subjectsOf(60);
      const { listener, taken } = listening(subjects, together(60));
      await say(subjects, 1);
      await open().listen(listener);
      await eventually(() => expect(taken).toEqual(all(subjects, 1)));
    });

    it('brings what belongs to one order side by side to a listener that takes it in any order', async () => {
      const subjects = subjectsOf(2);
      const { listener, taken } = listening(subjects, together(10));
      await say(subjects, 5);
      await open().listen({ ...listener, anyOrder: true });
      await eventually(() =>
        expect(new Map([...taken].map(([subject, heard]) => [subject, heard.toSorted((a, b) => a - b)]))).toEqual(all(subjects, 5)),
      );
    });

    troubleContract(underTest, open);
  });
};

/** None is done before so many have come. */
const together = (count: number): Handle => {
  let here = 0;
  const everybody = gate();
  return async () => {
    if ((here += 1) === count) everybody.open();
    await everybody.opened;
  };
};

/** Something to wait at, from both sides. */
const gate = () => {
  let open: () => void = () => undefined;
  let entered: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const reached = new Promise<void>((resolve) => (entered = resolve));
  return { opened, reached, open: () => open(), entered: () => entered() };
};
