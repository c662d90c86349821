import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { useServices } from '../api/services';
import { TextField } from '../forms/fields';
import { useAnnounce } from '../frame/announcing';
import { unguessable } from '../session/pkce';
import { Fault, Shown } from '../states/states';
import { useSpeech } from '../words/words';
import { DifferenceOf } from './DifferenceView';
import { MessageWriting, RulesWriting } from './DraftWriting';
import { jsonFaults } from './faults';
import type { RuleText, RuleVersion } from './kinds/kind';
import { useLook, useText, type OfRules } from './looking';

interface EditingProps extends OfRules {
  readonly from: string;
  readonly begin: RuleText;
  /** What is in force, or else what it began from. */
  readonly against: { readonly version: string; readonly text: RuleText };
}

interface Written {
  readonly text: RuleText;
  readonly note: string;
  readonly name: string;
}

const useSaving = ({ kind, set, from }: EditingProps, written: Written) => {
  const { api } = useServices();
  const { say } = useSpeech();
  const announce = useAnnounce();
  const client = useQueryClient();
  const look = useLook();
  // Another text is another draft; the same one, sent again because its answer was lost, is not.
  const key = useMemo(() => unguessable(), [written]);
  const draft = { ...written, set, note: written.note.trim(), name: written.name.trim(), from };
  return useMutation({
    mutationFn: () => kind.save(api, draft, key),
    onSuccess: async (version) => {
      announce(say('done', { what: say(kind.isAtOnce ? 'rules.change' : 'rules.draft') }));
      await client.invalidateQueries();
      look({ version, view: kind.isAtOnce ? 'text' : 'difference' });
    },
  });
};

interface NoteFieldsProps extends Pick<OfRules, 'kind'> {
  readonly written: Written;
  readonly change: (part: Partial<Written>) => void;
}

const NoteFields = ({ kind, written, change }: NoteFieldsProps): ReactNode => {
  const { say } = useSpeech();
  return (
    <div className="fields">
      {kind.namesVersions && (
        <TextField
          label={say('rules.column.version')}
          hint={say('rules.version.hint')}
          value={written.name}
          onChange={(name) => change({ name })}
          longest={64}
          isRequired
        />
      )}
      {kind.hasNotes && (
        <TextField
          label={say('rules.column.note')}
          hint={say('rules.note.hint')}
          value={written.note}
          onChange={(note) => change({ note })}
          longest={500}
          isRequired
        />
      )}
    </div>
  );
};

const Editing = (props: EditingProps): ReactNode => {
  const { kind, set, begin, against } = props;
  const { say } = useSpeech();
  const [written, setWritten] = useState<Written>({ text: begin, note: '', name: '' });
  const change = (part: Partial<Written>): void => setWritten((before) => ({ ...before, ...part }));
  const saving = useSaving(props, written);
  const isBroken = jsonFaults(kind, written.text).length > 0;
  const Writing = kind.parts.includes('rules') ? RulesWriting : MessageWriting;
  return (
    // What is wrong with a field its service says, in the same words everywhere.
    <form
      className="form rule-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBroken) saving.mutate();
      }}
    >
      <Writing {...{ kind, set }} text={written.text} fault={saving.error} onChange={(text) => change({ text })} />
      <NoteFields {...{ kind, written, change }} />
      {saving.error && <Fault fault={saving.error} />}
      <p className="choices">
        <button type="submit" className="button main" disabled={saving.isPending || isBroken}>
          {say(kind.isAtOnce ? 'rules.save-at-once' : 'rules.save-draft')}
        </button>
      </p>
      <p className="quiet">{say('rules.difference.to', { version: against.version })}</p>
      <DifferenceOf kind={kind} before={against.text} now={written.text} />
    </form>
  );
};

interface DraftEditorProps extends OfRules {
  readonly from: string;
  readonly inForce: RuleVersion | undefined;
}

/** A new version, begun from another: what is wrong with it is told at its field, and how it differs from what is in force stands below. */
export const DraftEditor = ({ kind, set, from, inForce }: DraftEditorProps): ReactNode => {
  const version = inForce?.version ?? from;
  const [text, textInForce] = [useText({ kind, set }, from), useText({ kind, set }, version)];
  return (
    <Shown of={text} rows={8}>
      {(begin) => (
        <Shown of={textInForce} rows={8}>
          {(found) => <Editing {...{ kind, set, from, begin }} against={{ version, text: found }} />}
        </Shown>
      )}
    </Shown>
  );
};
