import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { bodyOf } from '../api/client';
import { useServices } from '../api/services';
import { ChoiceField } from '../forms/fields';
import { FormDialog } from '../forms/FormDialog';
import { useSpeech } from '../words/words';
import { FileField } from './FileField';
import { fileTypeOf } from './mapping';

interface TakeFileDialogProps {
  readonly sources: readonly string[];
  /** The settlement whose rows the file mends. */
  readonly mends?: string;
  readonly onClose: () => void;
}

const useTaking = (mends: string | undefined) => {
  const { api } = useServices();
  const navigate = useNavigate();
  return async (file: File, settlementSource: string, key: string): Promise<void> => {
    const query = { settlementSource, ...(mends === undefined ? {} : { mends }) };
    const { settlementId } = await bodyOf(
      api.POST('/payments/settlements', {
        params: { query, header: { 'Idempotency-Key': key } },
        headers: { 'content-type': fileTypeOf(file.name) },
        body: file.name,
        // The browser sends the file piece by piece: it may be larger than memory.
        bodySerializer: () => file,
      }),
    );
    await navigate({ to: '/money/settlements/$settlementId', params: { settlementId } });
  };
};

/** Takes a file of a source, and shows what became of its lines. */
export const TakeFileDialog = ({ sources, mends, onClose }: TakeFileDialogProps): ReactNode => {
  const { say } = useSpeech();
  const take = useTaking(mends);
  const [source, setSource] = useState(sources[0] ?? '');
  const [file, setFile] = useState<File>();
  return (
    <FormDialog
      title={say(mends === undefined ? 'money.take' : 'money.mend')}
      deed={say('money.take.deed')}
      isReady={file !== undefined && source !== ''}
      send={async (key) => file && take(file, source, key)}
      onClose={onClose}
    >
      <ChoiceField label={say('money.column.source')} value={source} options={sources.map((each) => [each, each])} onChange={setSource} />
      <FileField label={say('money.file')} hint={say('money.file.hint')} onChoose={setFile} isRequired />
    </FormDialog>
  );
};
