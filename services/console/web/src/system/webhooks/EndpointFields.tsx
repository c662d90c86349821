import type { ReactNode } from 'react';
import { TextField } from '../../forms/fields';
import { useSpeech } from '../../words/words';
import { wordsOf } from './endpoint';

/** What is filled in of an endpoint. */
export interface EndpointDraft {
  readonly url: string;
  readonly note: string;
  readonly types: string;
}

export const bodyOfDraft = ({
  url,
  note,
  types,
}: EndpointDraft): { readonly url: string; readonly note?: string; readonly type?: string[] } => {
  const type = wordsOf(types);
  return { url, ...(note.trim() === '' ? {} : { note }), ...(type ? { type } : {}) };
};

interface EndpointFieldsProps {
  readonly draft: EndpointDraft;
  readonly fill: (draft: EndpointDraft) => void;
}

export const EndpointFields = ({ draft, fill }: EndpointFieldsProps): ReactNode => {
  const { say } = useSpeech();
  return (
    <>
      <TextField
        label={say('system.webhook.url')}
        hint={say('system.webhook.url.hint')}
        kind="url"
        longest={2_000}
        isRequired
        value={draft.url}
        onChange={(url) => fill({ ...draft, url })}
      />
      <TextField label={say('system.webhook.note')} value={draft.note} onChange={(note) => fill({ ...draft, note })} />
      <TextField
        label={say('system.webhook.types')}
        hint={say('system.webhook.types.hint')}
        isLong
        longest={4_000}
        value={draft.types}
        onChange={(types) => fill({ ...draft, types })}
      />
    </>
  );
};
