import { createHash, randomUUID } from 'node:crypto';
import type { FileStore } from '../../app/reports/ports';

export interface StoreUnderTest {
  readonly store: FileStore;
  /** Names of the files that somebody finds there who looks. */
  readonly visible: () => Promise<readonly string[]>;
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const readBack = async (store: FileStore, name: string): Promise<Buffer | undefined> => {
  const content = await store.read(name);
  if (!content) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** What every place for files promises. */
export const fileStoreContract = (what: string, underTest: () => StoreUnderTest): void =>
  describe(`${what} as a place for files`, () => {
    const name = (): string => `daily/2026-11-28/daily ${randomUUID()}.csv`;

    it('shows a file when it is finished, whole, and nothing of it before', async () => {
      const { store, visible } = underTest();
      const [mine, before] = [name(), await visible()];
      const file = await store.create(mine);
      await file.write(Buffer.from('a,b\r\n'));
      await file.write(Buffer.from('1,2\r\n'));
      expect(await store.read(mine)).toBeUndefined();
      expect(await visible()).toEqual(before);
      await file.finish();
      expect((await readBack(store, mine))?.toString()).toBe('a,b\r\n1,2\r\n');
    });

    it('keeps a file of many parts byte by byte', async () => {
      const { store } = underTest();
      const mine = name();
      const parts = Array.from({ length: 30 }, (_, i) => Buffer.alloc(700_000, `${i} of thirty `));
      const file = await store.create(mine);
      for (const part of parts) await file.write(part);
      await file.finish();
      const found = await readBack(store, mine);
      expect(found && digestOf(found)).toBe(digestOf(Buffer.concat(parts)));
    });

    it('has nothing of a file that was given up, however much of it was written', async () => {
      const { store, visible } = underTest();
      const [mine, before] = [name(), await visible()];
      const file = await store.create(mine);
      for (let i = 0; i < 20; i += 1) await file.write(Buffer.alloc(1_000_000, 'x'));
      await file.abort();
      expect(await store.read(mine)).toBeUndefined();
      expect(await visible()).toEqual(before);
    });

    it('puts a file that is written again in the place of the one before', async () => {
      const { store } = underTest();
      const mine = name();
      for (const text of ['first', 'second']) {
        const file = await store.create(mine);
        await file.write(Buffer.from(text));
        await file.finish();
      }
      expect((await readBack(store, mine))?.toString()).toBe('second');
    });

    it('removes a file, and again without a word', async () => {
      const { store } = underTest();
      const mine = name();
      const file = await store.create(mine);
      await file.finish();
      expect((await readBack(store, mine))?.length).toBe(0);
      await store.remove(mine);
      await store.remove(mine);
      expect(await store.read(mine)).toBeUndefined();
    });
  });
