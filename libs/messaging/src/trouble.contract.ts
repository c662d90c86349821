import { Away, Refused } from '@cartage/eventsourcing';
import { eventually } from '@cartage/testkit';
import type { ListedLetter } from './dead-letter';
import { append, numbersTo, subjectsOf, type AppendOptions, type Counted } from './fixture';
import type { Listener } from './listener';
import { all, listening, quick, type TransportUnderTest } from './transport.contract';
import type { GroupHealth, RetryPolicy, Transport } from './transport';

/** The messaging port's promises about what cannot be taken. */
export const troubleContract = (underTest: () => TransportUnderTest, open: (retry?: RetryPolicy) => Transport): void => {
  const say = (subjects: readonly string[], count: number, options?: AppendOptions): Promise<void> =>
    append(underTest().store, subjects, count, options);
  const letters = (group: string): Promise<readonly ListedLetter[]> => underTest().desk.list({ group, limit: 1_000 });
  const shown = async (group: string): Promise<readonly string[]> => {
    const whole = await Promise.all((await letters(group)).map(({ id }) => underTest().desk.find(id)));
    return whole.map(({ key, state, record }) => `${key} ${(JSON.parse(String(record.value)) as { n: number }).n} ${state}`);
  };
  const healthOf = (transport: Transport, group: string): GroupHealth | undefined =>
    transport.health().find((each) => each.group === group);

  describe('when something is away', () => {
    it('waits much longer than a poison event is tried, loses no event and no order, and buries nothing', async () => {
      const subjects = subjectsOf(30);
      let [tries, isAway] = [0, true];
      const scene = listening(subjects, () => {
        tries += 1;
        if (isAway) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
      });
      const transport = open();
      await transport.listen(scene.listener);
      await say(subjects, 3);
      await eventually(() => expect(tries).toBeGreaterThan(30 + quick.attempts * 10));
      expect(healthOf(transport, scene.listener.group)).toMatchObject({
        status: 'waiting',
        since: expect.stringMatching(/^\d{4}-.*Z$/),
        why: 'connect ECONNREFUSED',
        deadKeys: 0,
      });
      isAway = false;
      await eventually(() => expect(scene.taken).toEqual(all(subjects, 3)));
      expect(await letters(scene.listener.group)).toEqual([]);
      // A broker's transport says how far it is behind, too; that is nothing as soon as all is done.
      await eventually(() =>
        expect({ behind: 0, ...healthOf(transport, scene.listener.group) }).toEqual({
          group: scene.listener.group,
          status: 'listening',
          behind: 0,
          deadKeys: 0,
          earlyKeys: 0,
        }),
      );
    });

    it('asks with one event whether it is back, and not with all of them', async () => {
      const subjects = subjectsOf(40);
      let [tries, isAway] = [0, true];
      const scene = listening(subjects, () => {
        tries += 1;
        if (isAway && tries > 80) isAway = false;
        if (isAway) throw new Away('The carrier does not answer.');
      });
      await say(subjects, 1);
      await open().listen(scene.listener);
      await eventually(() => expect(scene.taken).toEqual(all(subjects, 1)));
      // All that was in hand when it went away, then one by one.
      expect(tries).toBeLessThanOrEqual(80 + 40 + 1);
      expect(await letters(scene.listener.group)).toEqual([]);
    });
  });

  describe('when an event cannot be taken', () => {
    const poisoned = (subjects: readonly string[], isPoison: () => boolean = () => true) => {
      const [bad] = subjects;
      return listening(subjects, ({ subject, data }) => {
        if (subject === bad && data.n === 2 && isPoison()) throw new TypeError('Cannot digest this.');
      });
    };

    it('stores it after its tries with its cause, and what follows of its key behind it, while all others go on', async () => {
      const subjects = subjectsOf(6);
      const [bad = '', ...healthy] = subjects;
      const scene = poisoned(subjects);
      const transport = open();
      await transport.listen(scene.listener);
      await say(subjects, 4);
      await eventually(() => expect(healthy.map(scene.of)).toEqual(healthy.map(() => numbersTo(4))));
      await eventually(async () => expect(await shown(scene.listener.group)).toEqual([`${bad} 2 dead`, `${bad} 3 waiting`, `${bad} 4 waiting`])); // prettier-ignore
      expect(scene.of(bad)).toEqual([1]);
      const [stream] = await underTest().store.readMany([`order-${bad}`]);
      const [dead] = await letters(scene.listener.group);
      expect(dead).toMatchObject({ eventId: stream?.events[2]?.id, attempts: 4, error: 'TypeError: Cannot digest this.', behind: 2 });
      expect(healthOf(transport, scene.listener.group)).toMatchObject({ status: 'listening', deadKeys: 1 });
    });

    it('takes it and all behind it in order when a person sends it again, and later ones after these', async () => {
      const [bad = ''] = subjectsOf(1);
      let isPoison = true;
      const scene = poisoned([bad], () => isPoison);
      await open().listen(scene.listener);
      await say([bad], 3);
      await eventually(async () => expect(await shown(scene.listener.group)).toEqual([`${bad} 2 dead`, `${bad} 3 waiting`]));
      isPoison = false;
      const [dead] = await letters(scene.listener.group);
      await underTest().desk.send(dead?.id ?? '');
      await say([bad], 2);
      await eventually(() => expect(scene.of(bad)).toEqual([1, 2, 3, 4, 5]));
      await eventually(async () => expect(await letters(scene.listener.group)).toEqual([]));
      await say([bad], 1);
      await eventually(() => expect(scene.of(bad)).toEqual([1, 2, 3, 4, 5, 6]));
    });

    it('is dead again when it fails again, and takes the rest in order when it is dropped', async () => {
      const [bad = ''] = subjectsOf(1);
      const scene = poisoned([bad]);
      await open().listen(scene.listener);
      await say([bad], 4);
      await eventually(async () => expect(await letters(scene.listener.group)).toHaveLength(3));
      const [dead] = await letters(scene.listener.group);
      await underTest().desk.send(dead?.id ?? '');
      await eventually(async () => expect((await letters(scene.listener.group))[0]).toMatchObject({ state: 'dead', attempts: 7 }));
      expect(scene.of(bad)).toEqual([1]);
      await underTest().desk.drop(dead?.id ?? '', 'A test.');
      await eventually(() => expect(scene.of(bad)).toEqual([1, 3, 4]));
      await eventually(async () => expect(await shown(scene.listener.group)).toEqual([`${bad} 2 dropped`]));
    });

    it('still keeps what follows behind it after a restart', async () => {
      const [bad = ''] = subjectsOf(1);
      const before = poisoned([bad]);
      const first = open();
      await first.listen(before.listener);
      await say([bad], 2);
      await eventually(async () => expect(await letters(before.listener.group)).toHaveLength(1));
      await first.close();
      const after = listening([bad], undefined, before.listener.group);
      await say([bad], 2);
      await open().listen(after.listener);
      await eventually(async () =>
        expect(await shown(before.listener.group)).toEqual([`${bad} 2 dead`, `${bad} 3 waiting`, `${bad} 4 waiting`]),
      );
      expect(after.of(bad)).toEqual([]);
    });
  });

  describe('when it is refused', () => {
    it('takes that as an answer: no second try, no dead letter', async () => {
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
      expect(await letters(scene.listener.group)).toEqual([]);
    });

    it('lets only its key wait for what is not yet known, stores it when that takes long, and takes it by itself', async () => {
      const [early = '', other = ''] = subjectsOf(2);
      let isKnown = false;
      const scene = listening([early, other], ({ subject }) => {
        if (subject === early && !isKnown) throw new Refused('ORDER_UNKNOWN', 'No such order yet.', 'unknown');
      });
      const transport = open();
      await transport.listen(scene.listener);
      await say([early, other], 3);
      await eventually(() => expect(scene.of(other)).toEqual([1, 2, 3]));
      await eventually(async () =>
        expect(await shown(scene.listener.group)).toEqual([`${early} 1 retrying`, `${early} 2 waiting`, `${early} 3 waiting`]),
      );
      const since = (await letters(scene.listener.group))[0]?.storedAt;
      await eventually(() => expect(healthOf(transport, scene.listener.group)).toMatchObject({ deadKeys: 0, earlyKeys: 1 }));
      expect(Date.parse(healthOf(transport, scene.listener.group)?.earlySince ?? '')).toBeGreaterThanOrEqual(Date.parse(since ?? ''));
      isKnown = true;
      await eventually(() => expect(scene.of(early)).toEqual([1, 2, 3]));
      await eventually(async () => expect(await letters(scene.listener.group)).toEqual([]));
    });
  });

  describe('of an event in several versions', () => {
    const versioned = (on: Listener<Counted>['on'], subject: string) => {
      const { listener } = listening([subject]);
      return { ...listener, on };
    };

    it('brings the newest that the listener names, once', async () => {
      const [subject = ''] = subjectsOf(1);
      const taken: Record<string, number[]> = { plain: [], both: [], old: [] };
      const into = (name: string) => async (data: Counted['data'], _: unknown, envelope: { readonly subject: string }) => {
        if (envelope.subject === subject) taken[name]?.push(data.n);
      };
      const transport = open();
      await transport.listen(versioned({ OrderPlaced: into('plain') }, subject));
      await transport.listen(versioned({ OrderPlaced: { 1: into('old'), 2: into('both') } }, subject));
      await say([subject], 2, { type: 'OrderPlaced' });
      await eventually(() => expect(taken).toEqual({ plain: [1, 2], both: [100, 200], old: [] }));
    });

    it('stores one that the listener does not know, and gives it to no handler of another', async () => {
      const [subject = ''] = subjectsOf(1);
      const taken: number[] = [];
      const handler = async ({ n }: Counted['data']): Promise<unknown> => taken.push(n);
      const listener = versioned({ OrderCancelled: { 1: handler, 2: handler } }, subject);
      await open().listen(listener);
      await say([subject], 1, { type: 'OrderCancelled' });
      await eventually(async () => {
        const ours = (await letters(listener.group)).filter(({ key }) => key === subject);
        expect(ours).toMatchObject([{ state: 'dead', attempts: 1, error: 'Unacceptable: Version 7 of OrderCancelled is not known here.' }]);
      });
      expect(taken).toEqual([]);
    });
  });
};
