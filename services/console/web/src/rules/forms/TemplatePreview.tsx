import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useServices } from '../../api/services';
import { ChoiceField } from '../../forms/fields';
import { useSettled } from '../../keys/useSettled';
import { Shown } from '../../states/states';
import { useSpeech } from '../../words/words';
import type { RuleKind, RuleText } from '../kinds/kind';
import { RenderedMessage } from '../RenderedView';

/** Languages that messages are built in; the template's own stands before them. */
const locales = ['en', 'de', 'fr', 'es', 'ar', 'hi'] as const;

const localeIn = (template: string): string => template.split('.')[2] ?? 'en';

const localeName = (locale: string, reader: string): string => {
  try {
    return new Intl.DisplayNames(reader, { type: 'language' }).of(locale) ?? locale;
  } catch {
    return locale;
  }
};

interface TemplatePreviewProps {
  readonly kind: RuleKind;
  readonly template: string;
  readonly text: RuleText;
}

/** A message as it is being written, filled in by the service with an example order as soon as nobody types. */
export const TemplatePreview = ({ kind, template, text }: TemplatePreviewProps): ReactNode => {
  const { say, locale: reader } = useSpeech();
  const { api } = useServices();
  const [locale, setLocale] = useState(localeIn(template));
  const written = useSettled(text);
  const options = [...new Set([localeIn(template), ...locales])].map((each) => [each, localeName(each, reader)] as const);
  const rendered = useQuery({
    queryKey: ['rules', kind.id, 'preview', template, written, locale],
    queryFn: async () => (await kind.preview?.(api, template, written, locale)) ?? null,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (
    <section className="rule-part" aria-label={say('rules.preview')}>
      <h3>{say('rules.preview')}</h3>
      <div className="rule-preview-locale">
        <ChoiceField label={say('rules.preview.locale')} value={locale} options={options} onChange={setLocale} />
      </div>
      <div className="card rendered" aria-live="polite">
        <Shown of={rendered}>{(message) => message && <RenderedMessage message={message} />}</Shown>
      </div>
    </section>
  );
};
