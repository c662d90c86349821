import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { bodyOf, type Schemas } from '../api/client';
import { useServices } from '../api/services';
import { Time } from '../marks/Mark';
import { unguessable } from '../session/pkce';
import { Empty, Fault, Shown } from '../states/states';
import { useSpeech } from '../words/words';
import { Section } from '../frame/Section';
import { useWritten } from './useWritten';
import { Written } from './Written';

type Note = Schemas['OrderNote'];

const NoteEntry = ({ note }: { readonly note: Note }): ReactNode => {
  const { say } = useSpeech();
  return (
    <li>
      <p className="note">
        <Written text={note.text} />
      </p>
      <p className="quiet">
        {say('order.story.by', { actor: note.by })} · <Time at={note.writtenAt} as="since" />
      </p>
    </li>
  );
};

const useWriting = (orderId: string, onWritten: () => void) => {
  const { api } = useServices();
  const client = useQueryClient();
  // One key for one text: a note that is sent twice because the answer was lost is one note.
  const key = useRef(unguessable());
  return useMutation({
    mutationFn: (text: string) =>
      bodyOf(
        api.POST('/orders/{orderId}/notes', {
          params: { path: { orderId }, header: { 'Idempotency-Key': key.current } },
          body: { text },
        }),
      ),
    onSuccess: async () => {
      key.current = unguessable();
      onWritten();
      await client.invalidateQueries({ queryKey: ['order', orderId, 'notes'] });
    },
  });
};

const NoteForm = ({ orderId }: { readonly orderId: string }): ReactNode => {
  const { say } = useSpeech();
  const [text, setText] = useState('');
  const writing = useWriting(orderId, () => setText(''));
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '') writing.mutate(text.trim());
  };
  return (
    <form className="note-form" onSubmit={send}>
      <label className="field">
        {say('order.note')}
        <textarea rows={2} maxLength={4_000} value={text} onChange={({ target }) => setText(target.value)} />
        <span className="quiet">{say('order.mention.hint')}</span>
      </label>
      <button type="submit" className="button" disabled={writing.isPending || text.trim() === ''}>
        {say('order.note.save')}
      </button>
      {writing.error && <Fault fault={writing.error} />}
    </form>
  );
};

/** What people have written to each other about an order. */
export const Notes = ({ orderId }: { readonly orderId: string }): ReactNode => {
  const { say } = useSpeech();
  const written = useWritten(orderId);
  return (
    <Section title={say('order.notes')}>
      <Shown of={written} rows={2}>
        {({ notes }) =>
          notes.length === 0 ? (
            <Empty title={say('order.notes.none')} />
          ) : (
            <ul className="facts">
              {notes.toReversed().map((note) => (
                <NoteEntry key={note.noteId} note={note} />
              ))}
            </ul>
          )
        }
      </Shown>
      <NoteForm orderId={orderId} />
    </Section>
  );
};
