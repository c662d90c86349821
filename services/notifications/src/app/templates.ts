import { invalidField, Refused, type Handled, type Meta, type Reading, type Send } from '@cartage/eventsourcing';
import { BUILT_IN, templateStream, type Template, type TemplateCommand, type TemplateEvent, type TemplateSource } from '../domain/template';
import { isLocale } from '../domain/locale';
import { builtIn } from './built-in';
import { exampleValues } from './example';
import { compiled, NotFilledIn, type MjmlToHtml, type Rendered } from './rendering';
import { templateKeyOf, templateName, type TemplateKey } from './template-name';

export interface ListedTemplate extends Omit<TemplateKey, 'brand'> {
  readonly template: string;
  /** Null: of every brand. */
  readonly brand: string | null;
  /** The version in use; 1 is built in. */
  readonly active: number;
  readonly versions: number;
}

export interface ShownTemplate extends ListedTemplate {
  readonly activations: readonly {
    readonly version: number;
    readonly replaces: number;
    readonly by: string;
    readonly activatedAt: string;
  }[];
}

export interface TemplatesNeeds {
  readonly send: Send<TemplateCommand, Template, TemplateEvent>;
  readonly reading: Reading<Template, TemplateEvent>;
  readonly drafted: () => Promise<readonly { readonly template: string; readonly active: number; readonly versions: number }[]>;
  readonly mjmlToHtml: MjmlToHtml;
  readonly now: () => Date;
}

export interface HandledTemplate {
  readonly shown: ShownTemplate;
  readonly handled: Handled<Template, TemplateEvent>;
}

const listed = (template: string, active: number, versions: number): ListedTemplate => {
  const { kind, medium, locale, brand = null } = templateKeyOf(template);
  return { template, kind, medium, locale, brand, active, versions };
};

const shown = (name: string, { active, drafts, activations }: Template): ShownTemplate => ({
  ...listed(name, active, BUILT_IN + drafts.length),
  activations: activations.map(({ version, replaces, by, activatedAt }) => ({ version, replaces, by, activatedAt })),
});

const broken = (message: string, field = 'text'): Refused =>
  new Refused('TEMPLATE_BROKEN', message, 'invalid', [{ field, code: 'TEMPLATE_BROKEN', message }]);

const requireParts = ({ medium }: TemplateKey, { subject, mjml }: TemplateSource): void => {
  if (medium === 'email' && subject === undefined) throw broken('A mail needs a subject.', 'subject');
  if (medium === 'email' && mjml === undefined) throw broken('A mail needs MJML.', 'mjml');
  if (medium === 'text' && (subject !== undefined || mjml !== undefined)) throw broken('A text has neither subject nor MJML.', 'mjml');
};

/** The words of messages, as data: everything that can be asked of them. */
export class Templates {
  constructor(private readonly needs: TemplatesNeeds) {}

  /** By name. Those of the house that nobody changed are there, too. */
  async list(): Promise<readonly ListedTemplate[]> {
    const own = await this.needs.drafted();
    const known = new Set(own.map(({ template }) => template));
    const others = [...builtIn.keys()].filter((name) => !known.has(name)).map((name) => listed(name, BUILT_IN, BUILT_IN));
    const all = [...own.map(({ template, active, versions }) => listed(template, active, versions)), ...others];
    return all.toSorted((a, b) => (a.template < b.template ? -1 : 1));
  }

  async get(name: string): Promise<{ readonly shown: ShownTemplate; readonly version: number }> {
    templateKeyOf(name);
    const { state, version } = await this.needs.reading.load(templateStream(name));
    return { shown: shown(name, state), version };
  }

  /** The words of one version. Version 1 of a template that is not built in is what it falls back to. */
  async source(name: string, version: number): Promise<TemplateSource> {
    const { kind, medium, locale } = templateKeyOf(name);
    const { state } = await this.needs.reading.load(templateStream(name));
    const fallback = builtIn.get(templateName({ kind, medium, locale })) ?? builtIn.get(templateName({ kind, medium, locale: 'en' }));
    const found = version === BUILT_IN ? fallback : state.drafts.find((draft) => draft.version === version)?.source;
    if (!found) throw new Refused('TEMPLATE_VERSION_UNKNOWN', `${name} has no version ${version}.`, 'unknown');
    return found;
  }

  /** A version as a customer would read it, of an example order. */
  async preview(name: string, version: number): Promise<Rendered> {
    return this.tried(templateKeyOf(name), await this.source(name, version));
  }

  /** Words that nobody has kept yet, as a customer would read them; in another locale than the template's, if one is given. */
  async previewOf(name: string, source: TemplateSource, locale?: string): Promise<Rendered> {
    const key = templateKeyOf(name);
    if (locale !== undefined && !isLocale(locale))
      throw invalidField('locale', 'LOCALE_INVALID', 'must be a BCP 47 tag such as de or pt-BR');
    requireParts(key, source);
    return this.tried({ ...key, locale: locale ?? key.locale }, source);
  }

  async draft(name: string, source: TemplateSource, meta: Meta): Promise<HandledTemplate> {
    const key = templateKeyOf(name);
    requireParts(key, source);
    await this.tried(key, source);
    return this.send(name, { type: 'DraftTemplate', data: { template: name, source, by: meta.actor, now: this.now() } }, meta);
  }

  /** Activating an earlier version is how a newer one is taken back. */
  async activate(name: string, version: number, meta: Meta, ifVersion?: number): Promise<HandledTemplate> {
    templateKeyOf(name);
    return this.send(
      name,
      { type: 'ActivateTemplate', data: { template: name, version, by: meta.actor, now: this.now() } },
      meta,
      ifVersion,
    );
  }

  /** Fills it in once, so that what is wrong with it is told to whoever wrote it. */
  private async tried({ locale, brand = 'Example' }: TemplateKey, source: TemplateSource): Promise<Rendered> {
    const render = await compiled(source, locale, this.needs.mjmlToHtml);
    try {
      return render(exampleValues(locale, brand));
    } catch (error) {
      throw error instanceof NotFilledIn ? broken(error.message, error.field) : error;
    }
  }

  private async send(name: string, command: TemplateCommand, meta: Meta, ifVersion?: number): Promise<HandledTemplate> {
    const handled = await this.needs.send(templateStream(name), command, meta, ifVersion);
    return { shown: shown(name, handled.state), handled };
  }

  private now(): string {
    return this.needs.now().toISOString();
  }
}
