import type { ArchiveFiles } from './files';

/** What every place of archived events promises. */
export const archiveFilesContract = (what: string, filesAt: () => ArchiveFiles): void => {
  describe(`${what} keeps archived events`, () => {
    const name = 'orders/0000000000000001-0000000000000009-ab.ndjson.gz';
    const content = Buffer.from([0x1f, 0x8b, 0, 255, 10, 13]);

    it('gives back what was written, byte by byte', async () => {
      await filesAt().write(name, content);
      expect(await filesAt().read(name)).toEqual(content);
    });

    it('has nothing under a name that was never written', async () => expect(await filesAt().read('orders/never.json')).toBeUndefined());

    it('writes the same again, and puts one right that was damaged', async () => {
      await filesAt().write(name, Buffer.from('damaged'));
      await filesAt().write(name, content);
      await filesAt().write(name, content);
      expect(await filesAt().read(name)).toEqual(content);
    });

    it('names what is there, in the order of the names, however much it is', async () => {
      const names = Array.from({ length: 12 }, (_, n) => `returns/${String(n).padStart(3, '0')} ü.json`);
      for (const each of names.toReversed()) await filesAt().write(each, Buffer.from(each));
      expect((await filesAt().list()).filter((each) => each.startsWith('returns/'))).toEqual(names);
      expect(await filesAt().list()).toContain(name);
    });

    it('says where that is', () => expect(filesAt().place).toMatch(/./));
  });
};
