import type { Inbox, InboxOptions } from './inbox';

export interface InboxUnderTest<Tx> {
  /** One that nobody has used. */
  readonly open: (options?: InboxOptions) => Promise<Inbox<Tx>>;
}

/** What every inbox keeps to. */
export const inboxContract = <Tx>({ open }: InboxUnderTest<Tx>): void => {
  const of = (subject: string, sequence: number) => ({ topic: 'order.events', subject, sequence });
  const noting = (handled: string[], name: string) => async (): Promise<void> => void handled.push(name);

  it('hands over each event once, in the order of its numbers, for each subject and each subscriber', async () => {
    const [inbox, handled] = [await open(), [] as string[]];
    const outcomes = [
      await inbox.take('shop', of('a', 1), noting(handled, 'a1')),
      await inbox.take('shop', of('b', 1), noting(handled, 'b1')),
      await inbox.take('shop', of('a', 1), noting(handled, 'a1 again')),
      await inbox.take('shop', of('a', 2), noting(handled, 'a2')),
      await inbox.take('books', of('a', 1), noting(handled, 'a1 of the books')),
      await inbox.take('shop', { ...of('a', 1), topic: 'payment.events' }, noting(handled, 'a1 of payments')),
    ];
    expect(outcomes).toEqual(['taken', 'taken', 'repeat', 'taken', 'taken', 'taken']);
    expect(handled).toEqual(['a1', 'b1', 'a2', 'a1 of the books', 'a1 of payments']);
  });

  it('says what is missing, and takes nothing behind it', async () => {
    const [inbox, handled] = [await open(), [] as string[]];
    await inbox.take('shop', of('a', 1), noting(handled, 'a1'));
    const late = inbox.take('shop', of('a', 5), noting(handled, 'a5'));
    await expect(late).rejects.toMatchObject({ name: 'EventsMissing', topic: 'order.events', subject: 'a', first: 2, last: 4 });
    await expect(inbox.take('shop', of('never', 2), noting(handled, 'x'))).rejects.toThrow(
      'order.events, never: event 1 is missing; 2 came.',
    );
    expect(await inbox.take('shop', of('a', 2), noting(handled, 'a2'))).toBe('taken');
    expect(handled).toEqual(['a1', 'a2']);
  });

  it('does not count what its handler could not take', async () => {
    const [inbox, handled] = [await open(), [] as string[]];
    const failing = inbox.take('shop', of('a', 1), () => Promise.reject(new Error('The printer is on fire.')));
    await expect(failing).rejects.toThrow('The printer is on fire.');
    expect(await inbox.take('shop', of('a', 1), noting(handled, 'a1'))).toBe('taken');
    expect(handled).toEqual(['a1']);
  });

  it('hands over an event once, however many ask at the same time', async () => {
    const [inbox, handled] = [await open(), [] as string[]];
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => inbox.take('shop', of('a', 1), noting(handled, 'a1'))));
    expect(outcomes.toSorted()).toEqual(['repeat', 'repeat', 'repeat', 'taken']);
    expect(handled).toEqual(['a1']);
  });

  it('may begin anywhere, but then misses nothing', async () => {
    const [inbox, handled] = [await open({ beginsAnywhere: true }), [] as string[]];
    expect(await inbox.take('shop', of('a', 7), noting(handled, 'a7'))).toBe('taken');
    await expect(inbox.take('shop', of('a', 9), noting(handled, 'a9'))).rejects.toThrow('event 8 is missing');
    expect(await inbox.take('shop', of('a', 6), noting(handled, 'a6'))).toBe('repeat');
  });
};
