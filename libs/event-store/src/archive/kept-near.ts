import type { ArchiveFiles } from './files';

/**
 * Files that are far away, the last of them kept in memory, up to so many bytes: a stream that is read again, or a log that is read through by several, asks for the
 * same within moments. Only files of events are kept, which never change.
 */
export const keptNear = (files: ArchiveFiles, mostBytes: number): ArchiveFiles => {
  const kept = new Map<string, Buffer>();
  let bytes = 0;
  const forget = (name: string): void => {
    bytes -= kept.get(name)?.length ?? 0;
    kept.delete(name);
  };
  const keep = (name: string, content: Buffer): void => {
    forget(name);
    if (content.length > mostBytes) return;
    kept.set(name, content);
    bytes += content.length;
    for (const oldest of kept.keys()) {
      if (bytes <= mostBytes) break;
      forget(oldest);
    }
  };
  return {
    place: files.place,
    list: () => files.list(),
    read: async (name) => {
      const content = kept.get(name) ?? (await files.read(name));
      if (content) keep(name, content);
      return content;
    },
    // Whoever reads it after that wants to know what is there, and not what was meant to be.
    write: async (name, content) => {
      forget(name);
      await files.write(name, content).finally(() => forget(name));
    },
  };
};
