import { numberOf, type Position } from '@cartage/eventsourcing';
import { publisherOf } from '@cartage/messaging';
import type { OpenService } from '../start/open-service';

/** Who follows a log with a checkpoint, and how many of its positions are still ahead. */
export interface Follower {
  readonly name: string;
  readonly behind: number;
}

type Listening = Pick<OpenService, 'service' | 'store'> & { readonly parts: Pick<OpenService['parts'], 'listeners'> };

/** What each of a service’s followers follows, as far as it is in this process: a listener the log of whoever publishes its topic, the publisher the service’s own. */
export const headsOf = async (
  { service, store, parts }: Listening,
  inProcess: readonly Pick<OpenService, 'service' | 'store'>[],
): Promise<ReadonlyMap<string, Position>> => {
  const { publication } = service;
  const own = publication ? [[publisherOf(publication.topic), store] as const] : [];
  const heard = parts.listeners.flatMap(({ group, topic }) =>
    inProcess.flatMap((each) => (each.service.publication?.topic === topic ? [[group, each.store] as const] : [])),
  );
  return new Map(await Promise.all([...own, ...heard].map(async ([name, log]) => [name, await log.head()] as const)));
};

/** A checkpoint of a log that is elsewhere says nothing here: positions of two logs are not compared. */
export const followersOf = (
  checkpoints: readonly { readonly name: string; readonly position: number }[],
  heads: ReadonlyMap<string, Position>,
): readonly Follower[] =>
  checkpoints.flatMap(({ name, position }) => {
    const head = heads.get(name);
    return head === undefined ? [] : [{ name, behind: Math.max(0, numberOf(head) - position) }];
  });
