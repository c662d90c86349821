import { erasureAnswers, Topics, type ErasureRequest, type PersonErased } from '@cartage/contracts';
import { handling, type Decider, type Meta, type Named } from '@cartage/eventsourcing';
import type { AnyListener } from '@cartage/messaging';
import type { AnyService, Kit, Parts } from '../service';
import type { Holdings } from './holdings';

type Answer = Named<string, PersonErased>;
type Record = Named<'RecordErasure', PersonErased>;

/** By what a service answers; nothing where its topic is none of those that do. */
export const answerOn = (topic: string): string | undefined => erasureAnswers.find((contract) => contract.topic === topic)?.type;

/** Said once: whoever is asked again has forgotten already. */
const answering = (type: string): Decider<Record, { readonly isSaid: boolean }, Answer> => ({
  initial: { isSaid: false },
  evolve: (state, event) => (event.type === type ? { isSaid: true } : state),
  decide: ({ data }, { isSaid }) => (isSaid ? [] : [{ type, data }]),
});

/**
 * Forgets, then says so: whoever dies in between forgets again, and says how much was left then. Every service asks for the keys to be destroyed, so that none of them
 * goes on by what it remembers of them.
 */
const hearing =
  (kit: Kit, holdings: Holdings, type: string) =>
  async ({ erasureId, ...person }: ErasureRequest, meta: Meta): Promise<void> => {
    const send = handling(kit, answering(type));
    const keys = await kit.people.forget(person.keys);
    const { forgotten, ...rest } = await holdings.forget(person);
    const all =
      keys > 0 ? [{ what: 'data keys: everything that they seal, in every log, topic, table and backup of them', count: keys }] : [];
    const data = { erasureId, forgotten: [...all, ...forgotten], ...rest, erasedAt: kit.now().toISOString() };
    await send(`erased-${erasureId}`, { type: 'RecordErasure', data }, meta);
  };

type Handlers = AnyListener['on'];

/** Listeners that hear these, too: in the group that follows the topic anyway, for each group costs as much as the events that it passes over. */
export const alsoHearing = (
  listeners: readonly AnyListener[],
  topic: AnyListener['topic'],
  { group, on }: { readonly group: string; readonly on: Handlers },
): readonly AnyListener[] => {
  const place = listeners.findIndex((each) => each.topic === topic);
  if (place < 0) return [...listeners, { group, topic, on }];
  return listeners.map((each, i) => (i === place ? { ...each, on: { ...each.on, ...on } } : each));
};

/** A service that forgets people when it is asked to, and says so; as it is, where it does not say what it holds. */
export const forgetful = (service: AnyService): AnyService => {
  const { holdings, publication, name } = service;
  const type = publication && answerOn(publication.topic);
  if (!holdings || !publication || type === undefined) return service;
  const asItStands = ({ data }: Answer): Answer => ({ type, data });
  return {
    ...service,
    publication: { ...publication, translate: { ...publication.translate, [type]: asItStands } },
    compose: async (kit: Kit): Promise<Parts> => {
      const parts = await service.compose(kit);
      const on = { PersonErasureRequested: hearing(kit, holdings(kit), type) };
      return { ...parts, listeners: alsoHearing(parts.listeners, Topics.order, { group: `${name}.erasures`, on }) };
    },
  };
};
