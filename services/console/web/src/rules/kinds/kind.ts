import { Refusal, type Api, type Schemas } from '../../api/client';
import type { PageAsked, PageOf } from '../../tables/Listed';
import type { Trial } from '../trial';

export const kindIds = ['routing', 'verification', 'returns', 'promises', 'carriers', 'prices', 'templates'] as const;
export type KindId = (typeof kindIds)[number];

/** What a version is made of: one JSON text, or the parts of a message. */
export type PartName = 'rules' | 'subject' | 'mjml' | 'text';
export type RuleText = Readonly<Partial<Record<PartName, string>>>;

export interface RuleVersion {
  readonly version: string;
  readonly isInForce: boolean;
  /** Why it was drafted; null where nobody says. */
  readonly note: string | null;
  readonly by: string | null;
  readonly at: string | null;
  /** It is what the settings say: it can be read, and be where a draft begins. */
  readonly isOfSettings?: boolean;
}

/** One of several that have versions each: a policy, a template. */
export interface RuleSet {
  readonly set: string;
  /** The version that is in force. */
  readonly version: string;
  readonly isActive: boolean;
}

export interface Draft {
  readonly set: string;
  readonly text: RuleText;
  readonly note: string;
  /** What a new version or policy is called, where somebody names it. */
  readonly name: string;
  /** The version that it began from. */
  readonly from: string | undefined;
}

export interface Period {
  readonly from?: string;
  readonly to?: string;
}

export interface Rendered {
  readonly subject?: string;
  readonly html?: string;
  readonly text: string;
}

/** Everything that is different from kind to kind; the pages are the same. */
export interface RuleKind {
  readonly id: KindId;
  readonly parts: readonly PartName[];
  /** Below which field the text stands in a request: `rules.maxSplit` is told of `maxSplit`. */
  readonly prefix: string;
  /** What is saved is in force at once: there is no draft of it. */
  readonly isAtOnce?: boolean;
  /** A draft says why it was written, and so does whoever puts it in force. */
  readonly hasNotes?: boolean;
  /** Somebody names its versions. */
  readonly namesVersions?: boolean;
  /** What its sets may be about, where there are so many that somebody wants only some. */
  readonly topics?: readonly string[];
  /** Absent: there is one only. */
  readonly sets?: (api: Api, page: PageAsked, about: string | undefined) => Promise<PageOf<RuleSet>>;
  /** Newest first. */
  readonly versions: (api: Api, set: string) => Promise<readonly RuleVersion[]>;
  readonly read: (api: Api, set: string, version: string) => Promise<RuleText>;
  /** Answers with the version that it became. */
  readonly save: (api: Api, draft: Draft, key: string) => Promise<string>;
  /** Absent: no other version than the one in force is kept. */
  readonly activate?: (
    api: Api,
    asked: { readonly set: string; readonly version: string; readonly note: string },
    key: string,
  ) => Promise<unknown>;
  /** Absent: an earlier version is put in force again. */
  readonly rollBack?: (api: Api, note: string, key: string) => Promise<unknown>;
  readonly trial?: (api: Api, version: string, period: Period) => Promise<Trial>;
  /** The past played forward by a version; only of routing. */
  readonly hasForks?: boolean;
  /** As a customer would read it. */
  readonly render?: (api: Api, set: string, version: string) => Promise<Rendered>;
  /** What nobody has kept yet, as a customer would read it. */
  readonly preview?: (api: Api, set: string, text: RuleText, locale: string) => Promise<Rendered>;
}

/** At most so many versions are shown: the newest. */
export const MOST_VERSIONS = 200;

/** Fields by their names: two versions are the same line by line where they say the same, however each was sent. */
const inOrder = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** As it is edited: a field a line. */
export const jsonText = (value: unknown): string => JSON.stringify(value, inOrder, 2);

/** Of routing, verification and carriers, which list their versions alike. */
export const listedVersion = ({
  version,
  inForce,
  note,
  by,
  draftedAt,
}: Schemas['ListedRoutingRules' | 'ListedVerificationRules' | 'ListedCarrierPolicy']): RuleVersion => ({
  version,
  isInForce: inForce,
  note,
  by,
  at: draftedAt,
});

export const SETTINGS = 'settings';

/** What the settings say, as a version: in force while no other is. */
export const versionOfSettings = (versions: readonly Pick<RuleVersion, 'isInForce'>[]): RuleVersion => ({
  ...{ version: SETTINGS, isInForce: !versions.some(({ isInForce }) => isInForce), note: null, by: null, at: null, isOfSettings: true },
});

/** A draft that was asked for in earnest has a version; only a preview has none. */
export const savedVersion = (answer: { readonly version: string } | Schemas['Preview']): string => {
  if ('version' in answer) return answer.version;
  throw new Refusal(0, 'DRAFT_PREVIEWED', '');
};
