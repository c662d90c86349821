import { bodyOf } from '../api/client';
import { given } from '../queues/filling';
import { onceOf, type Deed, type Field } from '../queues/queue';

/** A task of an order. */
export interface TaskName {
  readonly orderId: string;
  readonly taskId: string;
}

const assignee: Field = { name: 'assignee', label: 'queues.work.who', hint: 'queues.work.who.hint', kind: 'line', longest: 200 };

/** What a field for date and time holds, in the zone of the reader, as the API takes it. */
const instantOf = (written: string | undefined): string | undefined =>
  written === undefined || written === '' ? undefined : new Date(written).toISOString();

/** Somebody is to do something about an order. */
export const opening = (orderId: string): Deed => ({
  key: `open ${orderId}`,
  name: 'order.task.open',
  fields: [
    { name: 'title', label: 'order.task.what', hint: 'order.mention.hint', kind: 'line', isRequired: true, longest: 500 },
    assignee,
    { name: 'dueAt', label: 'order.task.until', kind: 'time' },
  ],
  send: (api, values, sending) => {
    const { title = '' } = values;
    const more = { ...given('assignee', values['assignee']), ...given('dueAt', instantOf(values['dueAt'])) };
    return bodyOf(api.POST('/orders/{orderId}/tasks', { params: { path: { orderId }, ...onceOf(sending) }, body: { title, ...more } }));
  },
});

export const handingOn = ({ orderId, taskId }: TaskName): Deed => ({
  key: `hand-on ${taskId}`,
  name: 'queues.work.give',
  fields: [{ ...assignee, isRequired: true }],
  send: (api, { assignee: to = '' }, sending) =>
    bodyOf(
      api.PUT('/orders/{orderId}/tasks/{taskId}/assignee', {
        params: { path: { orderId, taskId }, ...onceOf(sending) },
        body: { assignee: to },
      }),
    ),
});

export const finishing = ({ orderId, taskId }: TaskName): Deed => ({
  key: `finish ${taskId}`,
  name: 'order.task.finish',
  send: (api, _, sending) =>
    bodyOf(api.POST('/orders/{orderId}/tasks/{taskId}/done', { params: { path: { orderId, taskId }, ...onceOf(sending) } })),
});
