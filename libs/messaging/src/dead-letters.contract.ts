import { randomUUID } from 'node:crypto';
import { manualClock, type Clock, type ManualClock } from '@cartage/eventsourcing';
import type { DeadLetterDesk, DeadLetters, Letter, ListedLetter, StoredLetter } from './dead-letter';

const failure = (error: unknown = new Error('Cannot digest this.')) => ({ error, attempts: 4 });

/** What dead letters promise, run by every adapter. */
export const deadLettersContract = (name: string, open: (clock: Clock) => DeadLetters & DeadLetterDesk): void => {
  describe(`${name}: dead letters`, () => {
    let clock: ManualClock;
    let letters: DeadLetters & DeadLetterDesk;
    let group: string;
    const letter = (key: string, n: number, record: Partial<Letter['record']> = {}): Letter => ({
      group,
      topic: 'order.events',
      key,
      eventId: `${key}-${n}`,
      type: 'OrderPlaced',
      record: { headers: { ce_id: `${key}-${n}` }, value: Buffer.from(`{"n":${n}}`), ...record },
    });
    const listed = (): Promise<readonly ListedLetter[]> => letters.list({ group, limit: 100 });
    const all = async (): Promise<readonly StoredLetter[]> => Promise.all((await listed()).map(({ id }) => letters.find(id)));
    const states = async (): Promise<readonly string[]> => (await listed()).map(({ eventId, state }) => `${eventId} ${state}`);
    const idOf = async (eventId: string): Promise<string> => (await listed()).find((each) => each.eventId === eventId)?.id ?? '';
    const claimed = async (): Promise<readonly string[]> => (await letters.claim(group, 10)).map(({ eventId }) => eventId);

    beforeEach(() => {
      clock = manualClock();
      letters = open(clock);
      group = `suite.${randomUUID()}`;
    });

    it('keep what could not be taken, with its cause, and what came after it of the same key', async () => {
      expect(await letters.queue(letter('a', 1))).toBe(false);
      await letters.bury(letter('a', 1), failure());
      expect(await letters.queue(letter('a', 2))).toBe(true);
      expect(await letters.queue(letter('b', 1))).toBe(false);
      expect(await states()).toEqual(['a-1 dead', 'a-2 waiting']);
      const [dead, waiting] = await all();
      expect(dead).toMatchObject({ attempts: 4, error: 'Error: Cannot digest this.', stack: expect.stringContaining('at '), behind: 1 });
      expect(dead).toMatchObject({ group, key: 'a', topic: 'order.events', type: 'OrderPlaced', storedAt: clock.now().toISOString() });
      expect(waiting).toMatchObject({ attempts: 0, error: '', behind: 0 });
      expect(await letters.blocked(group)).toEqual(new Map([['a', { state: 'dead', since: clock.now().toISOString() }]]));
      expect(await letters.blocked('somebody.else')).toEqual(new Map());
    });

    it('keep each event of a group once, and one first letter of a key', async () => {
      for (let time = 0; time < 2; time += 1) {
        await letters.bury(letter('a', 1), failure());
        await letters.queue(letter('a', 2));
      }
      await letters.bury(letter('a', 3), failure());
      expect(await states()).toEqual(['a-1 dead', 'a-2 waiting', 'a-3 waiting']);
    });

    it('take any bytes', async () => {
      const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
      const headers = { 'ce_\0': 'Žofie 🚚', plain: bytes, many: ['1', Buffer.from([0xff])], absent: undefined };
      await letters.bury({ ...letter('k\0 🚚', 1, { headers, value: bytes }), type: 'a\0\ud800' }, failure(new Error('\0\ud800')));
      await letters.bury(letter('', 2, { headers: {}, value: null }), failure('no error'));
      const [first, second] = await all();
      expect(first?.key).toBe('k\0 🚚');
      expect(first?.record.value).toEqual(bytes);
      expect(Buffer.from(first?.record.headers['plain'] as Buffer)).toEqual(bytes);
      expect(String(first?.record.headers['ce_\0'])).toBe('Žofie 🚚');
      expect((first?.record.headers['many'] as Buffer[]).map((each) => Buffer.from(each))).toEqual([Buffer.from('1'), Buffer.from([0xff])]);
      expect(second).toMatchObject({ key: '', error: 'no error', record: { headers: {}, value: null } });
    });

    it('come again when a person sends them, in the order of their key, each when the one before was taken', async () => {
      await letters.bury(letter('a', 1), failure());
      for (const n of [2, 3]) await letters.queue(letter('a', n));
      await letters.bury(letter('b', 1), failure());
      expect(await claimed()).toEqual([]);
      expect(await letters.send(await idOf('a-1'))).toMatchObject({ state: 'retrying', behind: 2 });
      for (const n of [1, 2, 3]) {
        expect(await claimed()).toEqual([`a-${n}`]);
        await letters.taken(await idOf(`a-${n}`));
      }
      expect(await states()).toEqual(['b-1 dead']);
      expect(await letters.queue(letter('a', 4))).toBe(false);
    });

    it('are dead again when they fail again; the rest keeps waiting', async () => {
      await letters.bury(letter('a', 1), failure());
      await letters.queue(letter('a', 2));
      await letters.send(await idOf('a-1'));
      await letters.claim(group, 1);
      await letters.failed(await idOf('a-1'), { error: new Error('Still not.'), attempts: 3 });
      expect(await states()).toEqual(['a-1 dead', 'a-2 waiting']);
      expect(await letters.find(await idOf('a-1'))).toMatchObject({ attempts: 7, error: 'Error: Still not.' });
      expect(await claimed()).toEqual([]);
    });

    it('are kept with the reason when a person drops them, and what waits goes on', async () => {
      await letters.bury(letter('a', 1), failure());
      for (const n of [2, 3]) await letters.queue(letter('a', n));
      await letters.drop(await idOf('a-2'), 'It came twice.');
      expect(await states()).toEqual(['a-1 dead', 'a-2 dropped', 'a-3 waiting']);
      expect(await letters.drop(await idOf('a-1'), 'The order was a test.')).toMatchObject({
        state: 'dropped',
        reason: 'The order was a test.',
      });
      expect(await claimed()).toEqual(['a-3']);
      await letters.bury(letter('a', 1), failure());
      expect(await states()).toEqual(['a-1 dropped', 'a-2 dropped', 'a-3 retrying']);
    });

    it('that came early come again by themselves, later each time', async () => {
      await letters.postpone(letter('a', 1), failure());
      await letters.queue(letter('a', 2));
      expect((await letters.blocked(group)).get('a')?.state).toBe('retrying');
      expect(await claimed()).toEqual([]);
      await clock.advance(500);
      expect(await claimed()).toEqual(['a-1']);
      await clock.advance(9_500);
      await letters.early(await idOf('a-1'), failure());
      await clock.advance(2_499);
      expect(await claimed()).toEqual([]);
      await clock.advance(1);
      expect(await claimed()).toEqual(['a-1']);
      await letters.taken(await idOf('a-1'));
      expect(await claimed()).toEqual(['a-2']);
    });

    it('that came early come now when what they lacked is there, unless somebody has them in hand', async () => {
      await letters.postpone(letter('a', 1), failure());
      await letters.postpone(letter('b', 1), failure());
      await letters.hasten(group, 'a');
      expect(await claimed()).toEqual(['a-1']);
      await letters.hasten(group, 'a');
      expect(await claimed()).toEqual([]);
      await letters.early(await idOf('a-1'), failure());
      await letters.hasten(group, 'a');
      expect(await claimed()).toEqual(['a-1']);
    });

    it('are not sent by that: who waits for a person still does', async () => {
      await letters.bury(letter('a', 1), failure());
      await letters.hasten(group, 'a');
      await letters.hasten(group, 'none');
      expect(await claimed()).toEqual([]);
    });

    it('are given to one process, and to another one when that has said nothing for a minute', async () => {
      await letters.bury(letter('a', 1), failure());
      await letters.send(await idOf('a-1'));
      const [one, other] = await Promise.all([claimed(), claimed()]);
      expect([...one, ...other]).toEqual(['a-1']);
      await clock.advance(60_000);
      expect(await claimed()).toEqual(['a-1']);
    });

    it('are given in pieces of some bytes, so that those of large orders fit into the memory of a process; one is given however large it is', async () => {
      const sizes = { a: 600_000, b: 600_000, c: 600_000, d: 3_000_000 };
      for (const [key, size] of Object.entries(sizes)) {
        await letters.bury(letter(key, 1, { value: Buffer.alloc(size, 'x') }), failure());
        await letters.send(await idOf(`${key}-1`));
        await clock.advance(1);
      }
      const pieces = [await claimed(), await claimed(), await claimed()];
      expect(pieces.map((piece) => piece.toSorted())).toEqual([['a-1', 'b-1'], ['c-1', 'd-1'], []]);
    });

    it('are listed page by page, by group and by state', async () => {
      for (const key of ['a', 'b', 'c']) await letters.bury(letter(key, 1), failure());
      await letters.queue(letter('a', 2));
      const first = await letters.list({ group, state: 'dead', limit: 2 });
      const second = await letters.list({ group, state: 'dead', limit: 2, after: first.at(-1)?.id });
      expect([first, second].map((page) => page.map(({ eventId }) => eventId))).toEqual([['a-1', 'b-1'], ['c-1']]);
    });

    it('are listed without what came, however large it is: that is shown of one', async () => {
      await letters.bury(letter('a', 1, { value: Buffer.alloc(100_000, 'x') }), failure());
      const [one] = await listed();
      const { record: _, stack: __, ...rest } = await letters.find(one?.id ?? '');
      expect(one).toEqual(rest);
    });

    it('refuse to send what waits or was dropped, and what is not there', async () => {
      await letters.bury(letter('a', 1), failure());
      await letters.queue(letter('a', 2));
      await expect(letters.send(await idOf('a-2'))).rejects.toMatchObject({ code: 'DEAD_LETTER_WAITING', kind: 'conflict' });
      await letters.drop(await idOf('a-1'), 'No.');
      await expect(letters.send(await idOf('a-1'))).rejects.toMatchObject({ code: 'DEAD_LETTER_DROPPED', kind: 'conflict' });
      await expect(letters.drop(await idOf('a-1'), 'No.')).rejects.toMatchObject({ code: 'DEAD_LETTER_DROPPED', kind: 'conflict' });
      for (const id of ['999999999999', 'nonsense', '-1'])
        await expect(letters.find(id)).rejects.toMatchObject({ code: 'DEAD_LETTER_UNKNOWN', kind: 'unknown' });
    });

    it('leave nobody behind, however the last is taken and another one queued at the same moment', async () => {
      for (let round = 0; round < 20; round += 1) {
        const key = `k${round}`;
        await letters.bury(letter(key, 1), failure());
        await letters.send(await idOf(`${key}-1`));
        await letters.claim(group, 10);
        const [isQueued] = await Promise.all([letters.queue(letter(key, 2)), idOf(`${key}-1`).then((id) => letters.taken(id))]);
        expect(await claimed()).toEqual(isQueued ? [`${key}-2`] : []);
        if (isQueued) await letters.taken(await idOf(`${key}-2`));
      }
      expect(await letters.blocked(group)).toEqual(new Map());
    });
  });
};
