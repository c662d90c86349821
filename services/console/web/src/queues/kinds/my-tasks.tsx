import { bodyOf, type Schemas } from '../../api/client';
import { shortId } from '../../formats/ids';
import { OrderLink } from '../../orders/OrderLink';
import { finishing, handingOn } from '../../order/task-deeds';
import { Due } from '../../order/Tasks';
import { Written } from '../../order/Written';
import type { Fact } from '../queue';
import { queueOf } from '../view';
import { Who } from '../work/Who';

type Task = Schemas['ListedTask'];

/** Which of them, beside all. */
const timings = ['overdue', 'in-time'] as const;

const dueOf = ({ dueAt, overdue }: Task) => dueAt !== null && <Due at={dueAt} isOver={overdue} />;

const factsOf = (task: Task): readonly Fact[] => [
  { name: 'order.task.what', value: <Written text={task.title} /> },
  { name: 'queues.fact.order', value: <OrderLink orderId={task.orderId} /> },
  ...(task.dueAt === null ? [] : [{ name: 'order.task.until' as const, value: dueOf(task) }]),
  ...(task.assignee === null ? [] : [{ name: 'queues.work.who' as const, value: <Who actor={task.assignee} /> }]),
  { name: 'queues.fact.wanted-by', value: <Who actor={task.openedBy} /> },
];

/** What whoever looks at it is to do about orders, or is asked about. */
export const myTasks = queueOf<Task, Task>({
  id: 'my-tasks',
  isHandedOut: true,
  filters: [{ name: 'timing', label: 'queues.filter.timing', options: timings, named: 'queues.timing' }],
  ask: (api, { timing }, page) => {
    const overdue = timings.some((each) => each === timing) ? { overdue: timing === 'overdue' } : {};
    return bodyOf(api.GET('/tasks', { params: { query: { mine: true, ...overdue, ...page } } }));
  },
  itemOf: ({ taskId }) => taskId,
  titleOf: ({ title, taskId }) => title ?? shortId(taskId),
  since: ({ openedAt }) => openedAt,
  columns: [
    { id: 'due', heading: 'order.task.until', show: dueOf },
    { id: 'order', heading: 'queues.fact.order', show: ({ orderId }) => <OrderLink orderId={orderId} /> },
    { id: 'assignee', heading: 'queues.work.who', show: ({ assignee }) => assignee !== null && <Who actor={assignee} /> },
    { id: 'by', heading: 'queues.fact.wanted-by', show: ({ openedBy }) => <Who actor={openedBy} />, isUnseenAtFirst: true },
  ],
  opening: { by: 'row', of: (task) => task },
  headingOf: ({ title, taskId }) => title ?? shortId(taskId),
  facts: factsOf,
  deeds: (task) => [finishing(task), handingOn(task)],
});
