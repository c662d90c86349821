import { useState, type ReactNode } from 'react';
import { TextField } from '../../forms/fields';
import { Section } from '../../frame/Section';
import { useSpeech } from '../../words/words';
import { askedOf, type PersonAsked, type PersonDraft } from './person';

const fields = [
  { id: 'email', label: 'system.person.email', kind: 'email' },
  { id: 'phone', label: 'system.person.phone', kind: 'text' },
  { id: 'country', label: 'system.person.country', kind: 'text' },
  { id: 'customerId', label: 'system.person.customer', kind: 'text' },
] as const;

/** Of whom is asked. */
export const PersonForm = ({ ask }: { readonly ask: (asked: PersonAsked) => void }): ReactNode => {
  const { say } = useSpeech();
  const [draft, fill] = useState<PersonDraft>({ email: '', phone: '', country: '', customerId: '' });
  const asked = askedOf(draft);
  return (
    <Section title={say('system.person.find')}>
      <form
        className="system-form form"
        onSubmit={(event) => {
          event.preventDefault();
          if (asked) ask(asked);
        }}
      >
        <p className="quiet">{say('system.person.what')}</p>
        <div className="fields">
          {fields.map(({ id, label, kind }) => (
            <TextField
              key={id}
              label={say(label)}
              kind={kind}
              longest={id === 'country' ? 2 : 254}
              value={draft[id]}
              onChange={(value) => fill({ ...draft, [id]: value })}
            />
          ))}
        </div>
        <p>
          <button type="submit" className="button main" disabled={!asked}>
            {say('system.person.show')}
          </button>
        </p>
      </form>
    </Section>
  );
};
