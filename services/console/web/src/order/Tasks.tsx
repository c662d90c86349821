import type { ReactNode } from 'react';
import type { Schemas } from '../api/client';
import { Section } from '../frame/Section';
import { Mark, Time } from '../marks/Mark';
import { AtOnce } from '../queues/AtOnce';
import { Deeds } from '../queues/Deeds';
import { Who } from '../queues/work/Who';
import { Empty, Shown } from '../states/states';
import { useSpeech } from '../words/words';
import { finishing, handingOn, opening } from './task-deeds';
import { useWritten } from './useWritten';
import { Written } from './Written';

type Task = Schemas['OrderTask'];

/** Until when, and whether that is over. */
export const Due = ({ at, isOver }: { readonly at: string; readonly isOver: boolean }): ReactNode => {
  const { say } = useSpeech();
  return isOver ? (
    <Mark tone="bad">
      {say('order.task.overdue')} <Time at={at} />
    </Mark>
  ) : (
    <>
      {say('order.task.due')} <Time at={at} />
    </>
  );
};

const State = ({ task: { assignee, dueAt, overdue, doneAt, doneBy } }: { readonly task: Task }): ReactNode => {
  const { say } = useSpeech();
  const who = doneBy ?? assignee;
  return (
    <p className="quiet">
      {who === undefined ? say('order.task.nobody') : <Who actor={who} />}
      {' · '}
      {doneAt === undefined ? (
        dueAt === undefined ? (
          say('order.task.some-day')
        ) : (
          <Due at={dueAt} isOver={overdue} />
        )
      ) : (
        <>
          {say('order.task.done')} <Time at={doneAt} as="since" />
        </>
      )}
    </p>
  );
};

const Entry = ({ orderId, task }: { readonly orderId: string; readonly task: Task }): ReactNode => {
  const name = { orderId, taskId: task.taskId };
  const finish = finishing(name);
  return (
    <li>
      <p className={task.doneAt === undefined ? 'note' : 'note over'}>
        <Written text={task.title} />
      </p>
      <State task={task} />
      {task.doneAt === undefined && (
        <Deeds deeds={[handingOn(name)]}>
          <AtOnce name={finish.name} send={finish.send} />
        </Deeds>
      )}
    </li>
  );
};

/** Those that are to be done first, the others as they were done. */
const inTurn = (tasks: readonly Task[]): readonly Task[] => {
  const turnOf = ({ doneAt, dueAt }: Task): string => (doneAt === undefined ? `0 ${dueAt ?? '9'}` : `1 ${doneAt}`);
  return tasks.toSorted((a, b) => turnOf(a).localeCompare(turnOf(b)));
};

/** What people have to do about an order: whose it is, and until when. */
export const Tasks = ({ orderId }: { readonly orderId: string }): ReactNode => {
  const { say } = useSpeech();
  const written = useWritten(orderId);
  return (
    <Section title={say('order.tasks')}>
      <Shown of={written} rows={2}>
        {({ tasks }) =>
          tasks.length === 0 ? (
            <Empty title={say('order.tasks.none')} />
          ) : (
            <ul className="facts">
              {inTurn(tasks).map((task) => (
                <Entry key={task.taskId} orderId={orderId} task={task} />
              ))}
            </ul>
          )
        }
      </Shown>
      <div className="note-form">
        <Deeds deeds={[opening(orderId)]} />
      </div>
    </Section>
  );
};
