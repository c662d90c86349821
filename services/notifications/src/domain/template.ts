import { deciding, evolving, Refused, type Decider, type Named } from '@cartage/eventsourcing';

/** The words of a message: ICU messages between `[[` and `]]`, everything else as it stands. */
export interface TemplateSource {
  /** Of a mail. */
  readonly subject?: string;
  /** MJML, of a mail. */
  readonly mjml?: string;
  readonly text: string;
}

interface Drafted {
  readonly template: string;
  readonly version: number;
  readonly source: TemplateSource;
  readonly by: string;
  readonly draftedAt: string;
}

interface Activated {
  readonly template: string;
  readonly version: number;
  /** The version that it takes the place of. */
  readonly replaces: number;
  readonly by: string;
  readonly activatedAt: string;
}

export type TemplateEvent = Named<'TemplateDrafted', Drafted> | Named<'TemplateActivated', Activated>;

export type TemplateCommand =
  | Named<'DraftTemplate', { readonly template: string; readonly source: TemplateSource; readonly by: string; readonly now: string }>
  | Named<'ActivateTemplate', { readonly template: string; readonly version: number; readonly by: string; readonly now: string }>;

/** Version 1 is the one that is built in, or what the template falls back to. */
export const BUILT_IN = 1;

export interface Template {
  readonly active: number;
  /** Versions that were drafted, oldest first: 2, 3 … */
  readonly drafts: readonly Drafted[];
  /** Every version that was ever active, the last one last. */
  readonly activations: readonly Activated[];
}

export const templateStream = (template: string): string => `template-${template}`;

const isThere = ({ drafts }: Template, version: number): boolean =>
  version === BUILT_IN || drafts.some((draft) => draft.version === version);

/** One message's words for one brand, medium and locale: drafted, looked at, activated, and taken back. */
export const template: Decider<TemplateCommand, Template, TemplateEvent> = {
  initial: { active: BUILT_IN, drafts: [], activations: [] },
  evolve: evolving<Template, TemplateEvent>({
    TemplateDrafted: (state, drafted) => ({ ...state, drafts: [...state.drafts, drafted] }),
    TemplateActivated: (state, activated) => ({
      ...state,
      active: activated.version,
      activations: [...state.activations, activated],
    }),
  }),
  decide: deciding<TemplateCommand, Template, TemplateEvent>({
    DraftTemplate: ({ now, ...drafted }, { drafts }) => [
      { type: 'TemplateDrafted', data: { ...drafted, version: BUILT_IN + drafts.length + 1, draftedAt: now } },
    ],
    ActivateTemplate: ({ template: name, version, by, now }, state) => {
      if (!isThere(state, version))
        throw new Refused('TEMPLATE_VERSION_UNKNOWN', `${name} has no version ${version}: draft it first.`, 'invalid', [
          { field: 'version', code: 'TEMPLATE_VERSION_UNKNOWN', message: `must be a version of ${name}` },
        ]);
      if (state.active === version) return [];
      return [{ type: 'TemplateActivated', data: { template: name, version, replaces: state.active, by, activatedAt: now } }];
    },
  }),
};
