import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useServices } from '../api/services';
import { Shown } from '../states/states';
import { useSpeech } from '../words/words';
import type { OfRules } from './looking';

/** A message as a customer would read it, of an example order: its words. The looks of a mail are the mail program’s. */
export const RenderedView = ({ kind, set, version }: OfRules & { readonly version: string }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const rendered = useQuery({
    queryKey: ['rules', kind.id, 'rendered', set, version],
    queryFn: async () => (await kind.render?.(api, set, version)) ?? null,
  });
  return (
    <div className="rule-part">
      <h3>{say('rules.rendered')}</h3>
      <div className="card rendered">
        <Shown of={rendered}>
          {(message) =>
            message && (
              <>
                {message.subject !== undefined && (
                  <p>
                    <strong dir="auto">{message.subject}</strong>
                  </p>
                )}
                <p dir="auto" className="rendered-text">
                  {message.text}
                </p>
              </>
            )
          }
        </Shown>
      </div>
    </div>
  );
};
