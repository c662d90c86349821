import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useServices } from '../api/services';
import { Shown } from '../states/states';
import { useSpeech } from '../words/words';
import type { Rendered } from './kinds/kind';
import type { OfRules } from './looking';
import { mailWords } from './mail-words';

const MailWords = ({ html }: { readonly html: string }): ReactNode => {
  const { say } = useSpeech();
  return (
    <details className="mail-words">
      <summary>{say('rules.preview.of-mail')}</summary>
      {mailWords(html).map((line, at) => (
        <p key={at} dir="auto">
          {line}
        </p>
      ))}
    </details>
  );
};

/** What a customer reads: its words. The looks of a mail are the mail program’s. */
export const RenderedMessage = ({ message: { subject, text, html } }: { readonly message: Rendered }): ReactNode => (
  <>
    {subject !== undefined && (
      <p>
        <strong dir="auto">{subject}</strong>
      </p>
    )}
    <p dir="auto" className="rendered-text">
      {text}
    </p>
    {html !== undefined && <MailWords html={html} />}
  </>
);

/** A message as a customer would read it, of an example order. */
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
        <Shown of={rendered}>{(message) => message && <RenderedMessage message={message} />}</Shown>
      </div>
    </div>
  );
};
