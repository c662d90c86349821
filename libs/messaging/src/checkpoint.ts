import { START, type Position } from '@cartage/eventsourcing';

/** How far each group has got in a log: everything up to the position is durably done. Belongs to the service whose groups they are. */
export interface Checkpoints {
  /** The beginning for a group that was never saved. */
  load(group: string): Promise<Position>;
  /** Never moves a group backwards, so that a holder who was replaced without noticing can do no harm. */
  save(group: string, position: Position): Promise<void>;
}

/** In memory: for tests. */
export const memoryCheckpoints = (): Checkpoints => {
  const saved = new Map<string, Position>();
  return {
    load: async (group) => saved.get(group) ?? START,
    save: async (group, position) => {
      if (position > (saved.get(group) ?? START)) saved.set(group, position);
    },
  };
};
