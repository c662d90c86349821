import { patch, put, tableOf, type Sql, type View } from '@cartage/views';
import type { TemplateEvent, TemplateSource } from '../../domain/template';

/** Which words were drafted for which message, and which are used? */
export const templateVersion: View<TemplateEvent> = {
  name: 'template_version',
  about: 'One row for each version of a template that was drafted. A template without an active row goes by the words that are built in.',
  columns: {
    template: { type: 'text not null', about: 'Kind, medium, locale and perhaps brand: order-confirmation.email.de.' },
    version: { type: 'integer not null', about: '2 is the first draft; 1 is built in and has no row.' },
    source: { type: 'jsonb not null', about: 'Subject, MJML and text, with ICU messages between [[ and ]].' },
    drafted_by: { type: 'text not null', about: 'Who.' },
    drafted_at: { type: 'timestamptz not null', about: 'When (UTC).' },
    active: { type: 'boolean not null', about: 'Whether messages are written by it.' },
    activated_at: { type: 'timestamptz', about: 'When it was activated last (UTC); empty if never.' },
  },
  key: ['template', 'version'],
  revision: 1,
  on: {
    TemplateDrafted: ({ data: { template, version, source, by, draftedAt } }) =>
      put({ template, version, source, drafted_by: by, drafted_at: draftedAt, active: false }),
    TemplateActivated: ({ data: { template, version, replaces, activatedAt } }) => [
      patch({ template, version: replaces }, { active: false }),
      patch({ template, version }, { active: true, activated_at: activatedAt }),
    ],
  },
};

export interface ActiveTemplate {
  readonly template: string;
  readonly version: number;
  readonly source: TemplateSource;
}

export const activeTemplates = async (sql: Sql): Promise<readonly ActiveTemplate[]> =>
  (await sql.query<ActiveTemplate>(`select template, version, source from ${tableOf(templateVersion)} where active`)).rows;

/** Every template that was ever drafted, with the version in use and how many there are, drafts and the first. */
export const draftedTemplates = async (
  sql: Sql,
): Promise<readonly { readonly template: string; readonly active: number; readonly versions: number }[]> =>
  (
    await sql.query<{ readonly template: string; readonly active: number; readonly versions: number }>(
      `select template, coalesce(max(version) filter (where active), 1)::float8 as active, max(version)::float8 as versions
       from ${tableOf(templateVersion)} group by template`,
    )
  ).rows;
