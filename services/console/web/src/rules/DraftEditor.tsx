import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { useServices } from '../api/services';
import { TextField } from '../forms/fields';
import { useAnnounce } from '../frame/announcing';
import { unguessable } from '../session/pkce';
import { Fault, Shown } from '../states/states';
import { useSpeech } from '../words/words';
import { DifferenceOf } from './DifferenceView';
import { jsonFaults, refusedFields } from './faults';
import type { RuleText } from './kinds/kind';
import { PartEditor } from './PartEditor';
import { useLook, useText, type OfRules } from './looking';

interface EditingProps extends OfRules {
  readonly from: string;
  readonly begin: RuleText;
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
  const { kind, begin } = props;
  const { say } = useSpeech();
  const [written, setWritten] = useState<Written>({ text: begin, note: '', name: '' });
  const change = (part: Partial<Written>): void => setWritten((before) => ({ ...before, ...part }));
  const saving = useSaving(props, written);
  const faults = [...jsonFaults(kind, written.text), ...refusedFields(kind, written.text, saving.error)];
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (faults.length === 0 || saving.isError) saving.mutate();
      }}
    >
      {kind.parts
        .filter((part) => begin[part] !== undefined)
        .map((part) => (
          <PartEditor
            key={part}
            {...{ kind, part }}
            text={written.text[part] ?? ''}
            faults={faults.filter((fault) => fault.part === part)}
            onChange={(text) => change({ text: { ...written.text, [part]: text } })}
          />
        ))}
      <NoteFields {...{ kind, written, change }} />
      {saving.error && <Fault fault={saving.error} />}
      <p className="choices">
        <button type="submit" className="button main" disabled={saving.isPending || jsonFaults(kind, written.text).length > 0}>
          {say(kind.isAtOnce ? 'rules.save-at-once' : 'rules.save-draft')}
        </button>
      </p>
      <DifferenceOf kind={kind} before={begin} now={written.text} />
    </form>
  );
};

/** A new version, begun from another: what is wrong with it is told at its line, and how it differs stands below. */
export const DraftEditor = ({ kind, set, from }: OfRules & { readonly from: string }): ReactNode => {
  const text = useText({ kind, set }, from);
  return (
    <Shown of={text} rows={8}>
      {(begin) => <Editing {...{ kind, set, from, begin }} />}
    </Shown>
  );
};
