import { useState, type ReactNode } from 'react';
import { bodyOf } from '../api/client';
import { useServices } from '../api/services';
import { ChoiceField, NumberField, TextField } from '../forms/fields';
import { FormDialog } from '../forms/FormDialog';
import { useSpeech } from '../words/words';
import { ColumnFields } from './ColumnFields';
import { draftOf, sourceBody, unreadKinds, type Source, type SourceDraft, type SourceFieldsProps } from './mapping';
import { ReadingFields } from './ReadingFields';

interface SourceDialogProps {
  /** Absent: a new one. */
  readonly source?: Source;
  readonly onClose: () => void;
}

const Terms = ({ draft, change }: SourceFieldsProps): ReactNode => {
  const { say } = useSpeech();
  return (
    <div className="fields">
      <NumberField
        label={say('money.source.overdue')}
        value={draft.overdueDays}
        onChange={(overdueDays) => change({ overdueDays })}
        least={1}
        most={365}
        isRequired
      />
      {(['providers', 'channels', 'carriers'] as const).map((each) => (
        <TextField
          key={each}
          label={say(`money.source.${each}`)}
          hint={say('money.source.list')}
          value={draft[each]}
          onChange={(text) => change({ [each]: text })}
          longest={5_000}
        />
      ))}
    </div>
  );
};

const Format = ({ draft, change }: SourceFieldsProps): ReactNode => {
  const { say } = useSpeech();
  return (
    <ChoiceField
      label={say('money.source.format')}
      value={draft.format}
      options={(['columns', 'stripe'] as const).map((each) => [each, say(`money.source.format.${each}`)])}
      onChange={(format) => change({ format })}
    />
  );
};

/** Says who settles, whose money, and how their files are read. */
export const SourceDialog = ({ source, onClose }: SourceDialogProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [draft, setDraft] = useState(() => draftOf(source));
  const change = (part: Partial<SourceDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const unread = unreadKinds(draft.kinds);
  const path = { settlementSource: draft.name.trim() };
  return (
    <FormDialog
      title={source ? say('money.source.change', { source: source.settlementSource }) : say('money.source.add')}
      deed={say('form.send')}
      isReady={unread.length === 0}
      send={() => bodyOf(api.PUT('/payments/settlement-sources/{settlementSource}', { params: { path }, body: sourceBody(draft) }))}
      onClose={onClose}
    >
      {!source && (
        <TextField
          label={say('money.source.name')}
          hint={say('money.source.name.hint')}
          value={draft.name}
          onChange={(name) => change({ name })}
          isRequired
          longest={64}
        />
      )}
      <Terms draft={draft} change={change} />
      <Format draft={draft} change={change} />
      {draft.format === 'columns' && (
        <>
          <ColumnFields draft={draft} change={change} />
          <ReadingFields draft={draft} change={change} unread={unread} />
        </>
      )}
    </FormDialog>
  );
};
