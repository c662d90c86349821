import { bodyOf } from '../../api/client';
import type { Deed, Field, Sending } from '../queue';
import { napEnd, napIn, naps } from './snoozing';

/** An item, as its work is asked for. */
export interface WorkedItem {
  readonly queue: string;
  readonly key: string;
  /** Since when it waits, where that is known. */
  readonly since: string | undefined;
  /** Of its work, as it was seen. */
  readonly version: number;
}

const paramsOf = ({ queue, key, version }: WorkedItem, { key: requestKey }: Pick<Sending, 'key'>) => ({
  path: { queue, key },
  header: { 'Idempotency-Key': requestKey, 'If-Match': `"${version}"` },
});

const sinceOf = ({ since }: WorkedItem) => (since === undefined ? {} : { since });

type Send = Deed['send'];

/** Whoever asks works on it from now on. */
export const take =
  (item: WorkedItem): Send =>
  (api, _, sending) =>
    bodyOf(api.PUT('/console/work/{queue}/{key}/assignee', { params: paramsOf(item, sending), body: sinceOf(item) }));

export const letGo =
  (item: WorkedItem): Send =>
  (api, _, sending) =>
    bodyOf(api.DELETE('/console/work/{queue}/{key}/assignee', { params: paramsOf(item, sending) }));

export const wake =
  (item: WorkedItem): Send =>
  (api, _, sending) =>
    bodyOf(api.DELETE('/console/work/{queue}/{key}/snooze', { params: paramsOf(item, sending) }));

const who: Field = {
  ...{ name: 'assignee', label: 'queues.work.who', hint: 'queues.work.who.hint', kind: 'line', isRequired: true, longest: 200 },
};

export const giving = (item: WorkedItem): Deed => ({
  key: 'give',
  name: 'queues.work.give',
  fields: [who],
  send: (api, { assignee = '' }, sending) =>
    bodyOf(api.PUT('/console/work/{queue}/{key}/assignee', { params: paramsOf(item, sending), body: { assignee, ...sinceOf(item) } })),
});

const sleep: readonly Field[] = [
  { name: 'nap', label: 'queues.work.until', kind: 'choice', options: naps, named: 'queues.nap', initial: 'tomorrow' },
  { name: 'own', label: 'queues.work.own', hint: 'queues.work.own.hint', kind: 'time', isRequired: true, when: ({ nap }) => nap === 'own' },
  { name: 'reason', label: 'ask.reason', hint: 'queues.work.names.hint', kind: 'line', isRequired: true, longest: 500 },
];

export const snoozing = (item: WorkedItem): Deed => ({
  key: 'snooze',
  name: 'queues.work.snooze',
  shortcut: 'snooze',
  fields: sleep,
  send: (api, { nap, own, reason = '' }, sending) =>
    bodyOf(
      api.PUT('/console/work/{queue}/{key}/snooze', {
        params: paramsOf(item, sending),
        body: { until: napEnd(napIn(nap), own, new Date()), reason, ...sinceOf(item) },
      }),
    ),
});

const text: Field = {
  ...{ name: 'text', label: 'queues.work.text', hint: 'queues.work.names.hint', kind: 'text', isRequired: true, longest: 4_000 },
};

/** A note is written whatever others do meanwhile: it speaks of no version. */
export const noting = ({ queue, key, since }: WorkedItem): Deed => ({
  key: 'note',
  name: 'queues.work.note',
  shortcut: 'note',
  fields: [text],
  send: (api, { text: written = '' }, sending) =>
    bodyOf(
      api.POST('/console/work/{queue}/{key}/notes', {
        params: { path: { queue, key }, header: { 'Idempotency-Key': sending.key } },
        body: { text: written, ...(since === undefined ? {} : { since }) },
      }),
    ),
});
