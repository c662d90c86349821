import type { Deed, Values } from '../queue';
import type { WorkedItem } from './work-deeds';

/** Where forms of deeds ask why. */
const whys = ['reason', 'note', 'reasonCode', 'detail'] as const;

/** Why it was done, as far as somebody said it. */
export const reasonIn = (values: Values): string | undefined =>
  whys.map((name) => values[name]?.trim()).find((text) => text !== undefined && text !== '');

/**
 * The deed, and then a word about it in the history of its item, so that others see who dealt with it, and nobody has it should it fail again. Whoever may not write that, or
 * cannot at this moment, has done the deed all the same.
 */
export const resolving = (item: Omit<WorkedItem, 'version'>, deed: Deed): Deed => ({
  ...deed,
  send: async (api, values, sending) => {
    const done = await deed.send(api, values, sending);
    if (sending.preview) return done;
    const reason = reasonIn(values);
    const body = {
      what: deed.name,
      ...(reason === undefined ? {} : { reason }),
      ...(item.since === undefined ? {} : { since: item.since }),
    };
    const params = { path: { queue: item.queue, key: item.key }, header: { 'Idempotency-Key': `${sending.key}-resolved` } };
    await api.POST('/console/work/{queue}/{key}/resolutions', { params, body }).catch(() => undefined);
    return done;
  },
});
