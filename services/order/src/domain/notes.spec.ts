import { join } from 'node:path';
import { fold, specFor } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import { mentionsIn, notes, type NoteCommand, type NoteEvent } from './notes';
import { id, minute, now, orderId } from './order.fixture';

const { given } = specFor(notes);
const box = { key: 'c-17.k', box: 'c2VhbGVk' };
const opened: NoteEvent = {
  type: 'TaskOpened',
  data: { orderId, taskId: id(1), title: box, mentions: [], assignee: 'anna', dueAt: minute(5), by: 'ben', openedAt: now },
};
const done: NoteEvent = { type: 'TaskDone', data: { orderId, taskId: id(1), by: 'anna', doneAt: now } };
const finish: NoteCommand = { type: 'FinishTask', data: { orderId, taskId: id(1), by: 'anna', now } };
const due: NoteCommand = { type: 'NoticeDueTask', data: { orderId, taskId: id(1), now: minute(5) } };
const assign = (assignee: string): NoteCommand => ({ type: 'AssignTask', data: { orderId, taskId: id(1), assignee, by: 'ben', now } });

describe('notes and tasks of an order', () => {
  it('are written as they are said', () =>
    given()
      .when({ type: 'WriteNote', data: { orderId, noteId: id(2), text: box, mentions: ['anna'], by: 'ben', now } })
      .then({ type: 'NoteWritten', data: { orderId, noteId: id(2), text: box, mentions: ['anna'], by: 'ben', writtenAt: now } }));

  it('are done once, however often it is said', () => given(opened).when(finish).thenOnce(done));

  it('go to another person while they are open, and to nobody else after that', () => {
    given(opened)
      .when(assign('ben'))
      .thenOnce({ type: 'TaskAssigned', data: { orderId, taskId: id(1), assignee: 'ben', by: 'ben', assignedAt: now } });
    given(opened).when(assign('anna')).then();
    given(opened, done).when(assign('ben')).thenRefused('TASK_DONE');
    given().when(assign('ben')).thenRefused('TASK_UNKNOWN');
  });

  it('are overdue once their time has come, unless they were done, or never came to be', () => {
    given(opened)
      .when(due)
      .thenOnce({ type: 'TaskOverdue', data: { orderId, taskId: id(1), dueAt: minute(5), noticedAt: minute(5) } });
    given(opened, done).when(due).then();
    given().when(due).then();
  });

  it('speak to whom they mention, each once', () => {
    expect(mentionsIn('@anna, ask @ben.smith. (@anna) or mail a@b.org; @Zoë!')).toEqual(['anna', 'ben.smith', 'Zoë']);
    expect(mentionsIn('nobody @')).toEqual([]);
  });

  it('that were ever stored still fold', () => {
    const samples = goldenSamples<NoteEvent>(join(__dirname, 'golden-notes'));
    const lived = ['NoteWritten', 'TaskOpened', 'TaskAssigned', 'TaskOverdue', 'TaskDone'] as const;
    expect(samples.types).toEqual([...lived].sort());
    const events = lived.map((type) => samples.of(type));
    const { notes: written, tasks } = fold(notes, events);
    expect([written.length, [...tasks.values()]]).toMatchObject([1, [{ assignee: 'ben', overdue: true, doneBy: 'ben' }]]);
  });
});
