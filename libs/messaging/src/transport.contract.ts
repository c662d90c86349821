import { randomUUID } from 'node:crypto';
import type { Envelope } from '@cartage/contracts';
import { Refused, type EventStore, type Meta } from '@cartage/eventsourcing';
import { eventually } from '@cartage/testkit';
import type { Listener } from './listener';
import { numbersTo, publication, subjectsOf, tell, type Counted } from './telling.contract';
import type { RetryPolicy, Transport } from './transport';

/** A dead letter as the suite wants to see it. */
export interface Buried {
  readonly group: string;
  readonly eventId: string;
  readonly error: string;
  readonly attempts: number;
}

export interface TransportUnderTest {
  /** What is appended here is published. */
  readonly store: EventStore;
  /** A transport as a freshly started process has it. The suite closes it. */
  open(retry: RetryPolicy): Transport;
  /** Every dead letter so far. */
  buried(): Promise<readonly Buried[]>;
}

const quick: RetryPolicy = { attempts: 4, firstPauseMs: 5, longestPauseMs: 20 };
/** So slow that a test is over before the second try. */
const slow: RetryPolicy = { attempts: 4, firstPauseMs: 60_000, longestPauseMs: 60_000 };

type Hear = (envelope: Envelope<Counted>, meta: Meta) => Promise<unknown> | unknown;

/** A listener that writes down what it has taken of these subjects, after `hear` has agreed. */
const listening = (subjects: readonly string[], hear: Hear = () => undefined, group = `suite.${randomUUID()}`) => {
  const ours = new Set(subjects);
  const taken = new Map<string, number[]>(subjects.map((subject) => [subject, []]));
  const listener: Listener<Counted> = {
    group,
    topic: publication.topic,
    on: {
      OrderCompleted: async (data, meta, envelope) => {
        if (!ours.has(envelope.subject)) return;
        await hear(envelope, meta);
        taken.get(envelope.subject)?.push(data.n);
      },
    },
  };
  return { listener, taken, of: (subject: string | undefined): readonly number[] => taken.get(subject ?? '') ?? [] };
};

const all = (subjects: readonly string[], count: number): Map<string, readonly number[]> =>
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
    const say = (subjects: readonly string[], count: number): Promise<void> => tell(underTest().store, subjects, count);
    const buriedOf = async (group: string): Promise<readonly Buried[]> =>
      (await underTest().buried()).filter((each) => each.group === group);
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

    it('lets only the subject of a poison event wait, buries the event with its cause, and goes on', async () => {
      const subjects = subjectsOf(6);
      const [poisoned = '', ...healthy] = subjects;
      let tries = 0;
      let othersWhenBuried = 0;
      const scene = listening(subjects, async ({ subject, data }) => {
        if (subject !== poisoned || data.n !== 2) return;
        tries += 1;
        // The others must get through while this one is being tried, or the last try never comes.
        if (tries === quick.attempts) await eventually(() => expect(healthy.map(scene.of)).toEqual(healthy.map(() => numbersTo(4))));
        othersWhenBuried = healthy.flatMap(scene.of).length;
        throw new Error('Cannot digest this.');
      });
      await open().listen(scene.listener);
      await say(subjects, 4);
      await eventually(() => expect(scene.of(poisoned)).toEqual([1, 3, 4]));
      expect(othersWhenBuried).toBe(20);
      const [stream] = await underTest().store.readMany([`order-${poisoned}`]);
      await eventually(async () =>
        expect(await buriedOf(scene.listener.group)).toEqual([
          { group: scene.listener.group, eventId: stream?.events[2]?.id, error: 'Error: Cannot digest this.', attempts: 4 },
        ]),
      );
    });

    it('takes a refusal as an answer: no second try, no dead letter', async () => {
      const [subject = ''] = subjectsOf(1);
      let tries = 0;
      const scene = listening([subject], ({ data }) => {
        if (data.n !== 1) return;
        tries += 1;
        throw new Refused('ORDER_CLOSED', 'It was closed before.');
      });
      await say([subject], 2);
      await open().listen(scene.listener);
      await eventually(() => expect(scene.of(subject)).toEqual([2]));
      expect(tries).toBe(1);
      expect(await buriedOf(scene.listener.group)).toEqual([]);
    });

    it('tries an event again that speaks of something not yet known, and keeps the order', async () => {
      const [subject = ''] = subjectsOf(1);
      let tries = 0;
      const scene = listening([subject], ({ data }) => {
        if (data.n === 1 && (tries += 1) < 3) throw new Refused('ORDER_UNKNOWN', 'No such order yet.', 'unknown');
      });
      await say([subject], 3);
      await open().listen(scene.listener);
      await eventually(() => expect(scene.of(subject)).toEqual([1, 2, 3]));
    });

    it('ends what is in hand when it stops, and brings the rest after the restart', async () => {
      const subjects = subjectsOf(2);
      const [failing = '', running = ''] = subjects;
      const inHand = gate();
      const before = listening(subjects, async ({ subject }) => {
        if (subject === failing) throw new Error('The database is away.');
        inHand.entered();
        await inHand.opened;
      });
      const first = open(slow);
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
      let together = 0;
      const everybody = gate();
      const { listener, taken } = listening(subjects, async () => {
        if ((together += 1) === 60) everybody.open();
        await everybody.opened;
      });
      await say(subjects, 1);
      await open().listen(listener);
      await eventually(() => expect(taken).toEqual(all(subjects, 1)));
    });
  });
};

/** Something to wait at, from both sides. */
const gate = () => {
  let open: () => void = () => undefined;
  let entered: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const reached = new Promise<void>((resolve) => (entered = resolve));
  return { opened, reached, open: () => open(), entered: () => entered() };
};
