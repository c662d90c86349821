import type { Topic } from '@cartage/contracts';

/** An event that the broker will never take. It stays in the log; here stands that its subscribers miss it, and why. */
export interface ParkedPublication {
  readonly topic: Topic;
  readonly eventId: string;
  readonly type: string;
  readonly bytes: number;
  readonly error: string;
}

/** Where such events are named until a person has dealt with them. Naming one twice changes nothing. */
export interface ParkedPublications {
  park(publication: ParkedPublication): Promise<void>;
  count(topic: Topic): Promise<number>;
}

/** In memory: for tests. */
export const memoryParkedPublications = (): ParkedPublications & { readonly all: ReadonlyMap<string, ParkedPublication> } => {
  const all = new Map<string, ParkedPublication>();
  return {
    all,
    park: async (publication) => void all.set(publication.eventId, publication),
    count: async (topic) => [...all.values()].filter((each) => each.topic === topic).length,
  };
};
