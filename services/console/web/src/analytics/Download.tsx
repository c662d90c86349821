import type { ReactNode } from 'react';
import { bodyOf } from '../api/client';
import { useServices } from '../api/services';
import { DownloadButton } from '../downloads/DownloadButton';
import { useSpeech } from '../words/words';
import { narrowedBy } from './address';
import type { QuestionProps } from './QuestionPage';

type QuestionName = import('../api/schema').operations['QuestionsController_csv']['parameters']['path']['name'];

const MOST_ROWS = 20_000;

/** The answer as a file, narrowed as it is shown. */
export const Download = ({ question, address }: QuestionProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const params = { path: { name: question.name as QuestionName }, query: { ...narrowedBy(address, question), limit: MOST_ROWS } };
  return (
    <DownloadButton
      fileName={`${question.name}.csv`}
      fetchFile={() => bodyOf<Blob>(api.GET('/reporting/questions/{name}/rows.csv', { params, parseAs: 'blob' }))}
    >
      {say('analytics.download')}
    </DownloadButton>
  );
};
