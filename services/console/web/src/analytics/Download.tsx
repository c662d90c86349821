import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { bodyOf } from '../api/client';
import { useServices } from '../api/services';
import { saveFile } from '../files/save';
import { useAnnounce } from '../frame/announcing';
import { useSpeech } from '../words/words';
import { narrowedBy } from './address';
import type { QuestionProps } from './QuestionPage';

type QuestionName = import('../api/schema').operations['QuestionsController_csv']['parameters']['path']['name'];

const MOST_ROWS = 20_000;

/** The answer as a file, narrowed as it is shown. */
export const Download = ({ question, address }: QuestionProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const announce = useAnnounce();
  const loading = useMutation({
    mutationFn: () =>
      bodyOf(
        api.GET('/reporting/questions/{name}/rows.csv', {
          params: { path: { name: question.name as QuestionName }, query: { ...narrowedBy(address, question), limit: MOST_ROWS } },
          parseAs: 'blob',
        }),
      ),
    onSuccess: (content) => saveFile(`${question.name}.csv`, content),
    onError: ({ message }) => announce(message),
  });
  return (
    <button type="button" className="button" disabled={loading.isPending} onClick={() => loading.mutate()}>
      {say('analytics.download')}
    </button>
  );
};
